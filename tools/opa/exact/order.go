package exact

import "github.com/open-policy-agent/opa/v1/ir"

const ordered = "writ.ordered"

// inOrder lets a scan take a set or an object in Rego's order where that shows: where it appends to an array that was there
// before it. All else that a scan can do is the same in any order.
func inOrder(policy *ir.Policy) {
	changed := false
	eachFrame(policy, func(blocks []*ir.Block) {
		o := &orderer{next: firstFree}
		for _, block := range blocks {
			o.block(block)
		}
		changed = changed || o.next > firstFree
	})
	if changed {
		addFunc(policy, ordered, orderedFunc())
	}
}

type orderer struct{ next ir.Local }

func (o *orderer) block(block *ir.Block) {
	stmts := make([]ir.Stmt, 0, len(block.Stmts))
	for index, stmt := range block.Stmts {
		eachBlock(stmt, o.block)
		if scan, ok := stmt.(*ir.ScanStmt); ok && appends(scan.Block) {
			stmts = append(stmts, o.listOf(scan, index > 0 && isWalk(block.Stmts[index-1])))
		}
		stmts = append(stmts, stmt)
	}
	block.Stmts = stmts
}

// isWalk tells the call whose result the next statement takes: an array, and in the order of hashes all the same.
func isWalk(stmt ir.Stmt) bool {
	made, ok := stmt.(*ir.CallStmt)
	return ok && made.Func == "walk"
}

// listOf gives what makes the list that the scan then takes in place of its source, and changes the scan so.
func (o *orderer) listOf(scan *ir.ScanStmt, isOfWalk bool) ir.Stmt {
	source, key, value := scan.Source, scan.Key, scan.Value
	list, index, item := o.next, o.next+1, o.next+2
	o.next += 3
	scan.Source = list
	if isOfWalk {
		return call("sort", list, source) // by their paths, which are in the order of a walk
	}
	scan.Key, scan.Value = index, item
	scan.Block.Stmts = append([]ir.Stmt{&ir.BlockStmt{Blocks: []*ir.Block{
		block(isArray(source), assign(index, key), assign(item, value)),
		block(isSet(source), assign(item, key), assign(item, value)),
		block(isObject(source), assign(item, key), &ir.DotStmt{Source: of(source), Key: of(item), Target: value}),
	}}}, scan.Block.Stmts...)
	return call(ordered, list, ir.Input, ir.Data, source)
}

// orderedFunc is a function of a value: the members of a set in order, the keys of an object in order, all else as it is.
func orderedFunc() *ir.Func {
	const source, list, keys ir.Local = 2, 3, 4
	return &ir.Func{
		Params: []ir.Local{ir.Input, ir.Data, source},
		Return: list,
		Blocks: []*ir.Block{
			block(assign(source, list)),
			block(isSet(source), call("sort", list, source)),
			block(isObject(source), call("object.keys", keys, source), call("sort", list, keys)),
			block(give(list)),
		},
	}
}

// appends tells whether a block appends to an array that it did not make itself.
func appends(block *ir.Block) bool {
	own, appended := map[ir.Local]bool{}, map[ir.Local]bool{}
	eachStmt([]*ir.Block{block}, func(stmt ir.Stmt) {
		switch stmt := stmt.(type) {
		case *ir.MakeArrayStmt:
			own[stmt.Target] = true
		case *ir.ArrayAppendStmt:
			appended[stmt.Array] = true
		}
	})
	for array := range appended {
		if !own[array] {
			return true
		}
	}
	return false
}
