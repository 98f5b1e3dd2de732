package exact

import "github.com/open-policy-agent/opa/v1/ir"

const inStorage = "writ.in_storage"

// askStorage lets a reference into data find by a number what lies there under that text, and by a text what lies at that place, as
// OPA's evaluator does: it reads base documents by paths of texts. What was given to a variable before is a value like any other.
func askStorage(policy *ir.Policy) {
	changed := false
	eachFrame(policy, func(blocks []*ir.Block) {
		s := &stored{is: map[ir.Local]bool{ir.Data: true}}
		for _, block := range blocks {
			s.block(block)
		}
		changed = changed || s.changed
	})
	if changed {
		addFunc(policy, inStorage, inStorageFunc())
	}
}

// stored are the locals that hold base documents, at the place in a plan that has been read so far.
type stored struct {
	is      map[ir.Local]bool
	changed bool
}

func (s *stored) block(block *ir.Block) {
	stmts := make([]ir.Stmt, 0, len(block.Stmts))
	for _, stmt := range block.Stmts {
		stmts = append(stmts, s.stmt(stmt)...)
	}
	block.Stmts = stmts
}

func (s *stored) stmt(stmt ir.Stmt) []ir.Stmt {
	switch stmt := stmt.(type) {
	case *ir.DotStmt:
		source, isRead := stmt.Source.Value.(ir.Local)
		isRead = isRead && s.is[source]
		s.note(stmt)
		s.is[stmt.Target] = isRead
		if key, isLocal := stmt.Key.Value.(ir.Local); isLocal && isRead {
			s.changed = true
			return found(stmt, source, key)
		}
		return []ir.Stmt{stmt}
	case *ir.ScanStmt:
		isRead := s.is[stmt.Source]
		s.note(stmt)
		s.is[stmt.Value] = isRead
	case *ir.WithStmt: // gives back what it takes
	default:
		s.note(stmt)
	}
	eachBlock(stmt, s.block)
	return []ir.Stmt{stmt}
}

// note forgets what was in the locals that a statement writes.
func (s *stored) note(stmt ir.Stmt) {
	for _, local := range writesOf(stmt) {
		delete(s.is, local)
	}
}

// found looks as ever, and only then by a text.
func found(dot *ir.DotStmt, source, key ir.Local) []ir.Stmt {
	return []ir.Stmt{
		&ir.BlockStmt{Blocks: []*ir.Block{block(
			&ir.BlockStmt{Blocks: []*ir.Block{block(dot, &ir.BreakStmt{Index: 1})}},
			call(inStorage, dot.Target, ir.Input, ir.Data, source, key),
		)}},
		&ir.IsDefinedStmt{Source: dot.Target},
	}
}

// inStorageFunc is a function of a document and a key.
func inStorageFunc() *ir.Func {
	const document, key, member, isNumber, text, place ir.Local = 2, 3, 4, 5, 6, 7
	return &ir.Func{
		Params: []ir.Local{ir.Input, ir.Data, document, key},
		Return: member,
		Blocks: []*ir.Block{
			block(
				isObject(document),
				call("is_number", isNumber, key),
				&ir.EqualStmt{A: of(isNumber), B: of(ir.Bool(true))},
				call("opa_json_marshal", text, key),
				&ir.DotStmt{Source: of(document), Key: of(text), Target: member},
			),
			block(
				isArray(document),
				call("opa_json_unmarshal", place, key),
				call("opa_json_marshal", text, place),
				equal(text, key), // 1, not 01
				&ir.DotStmt{Source: of(document), Key: of(place), Target: member},
			),
			block(give(member)),
		},
	}
}
