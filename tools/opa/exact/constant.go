package exact

import "github.com/open-policy-agent/opa/v1/ir"

// makeOnce makes a set or an array of constants before the scan that asks for it, `x.kind in {"a", "b"}`, where OPA plans to make it
// anew for each member.
func makeOnce(policy *ir.Policy) {
	eachFrame(policy, func(blocks []*ir.Block) {
		m := &maker{writesIn(blocks)}
		for _, block := range blocks {
			m.block(block, nil)
		}
	})
}

type maker struct{ written map[ir.Local]int }

// block puts what is made of constants into what stands before the outermost scan around it; nil where there is none.
func (m *maker) block(block *ir.Block, before *[]ir.Stmt) {
	var stmts []ir.Stmt
	for index := 0; index < len(block.Stmts); index++ {
		stmt := block.Stmts[index]
		if made := m.constantAt(block.Stmts[index:]); before != nil && made > 0 {
			*before = append(*before, block.Stmts[index:index+made]...)
			index += made - 1
			continue
		}
		scan, isScan := stmt.(*ir.ScanStmt)
		if isScan && before == nil {
			m.block(scan.Block, &stmts)
		} else {
			eachBlock(stmt, func(inner *ir.Block) { m.block(inner, before) })
		}
		stmts = append(stmts, stmt)
	}
	block.Stmts = stmts
}

// constantAt counts the statements that make a constant, if the first one begins one: with these all that is ever written to it.
func (m *maker) constantAt(stmts []ir.Stmt) int {
	var made ir.Local
	switch first := stmts[0].(type) {
	case *ir.MakeSetStmt:
		made = first.Target
	case *ir.MakeArrayStmt:
		made = first.Target
	default:
		return 0
	}
	count := 1
	for count < len(stmts) && isConstantOf(stmts[count], made) {
		count++
	}
	if m.written[made] != count {
		return 0
	}
	return count
}

func isConstantOf(stmt ir.Stmt, made ir.Local) bool {
	switch stmt := stmt.(type) {
	case *ir.SetAddStmt:
		return stmt.Set == made && isConstant(stmt.Value)
	case *ir.ArrayAppendStmt:
		return stmt.Array == made && isConstant(stmt.Value)
	}
	return false
}

func isConstant(operand ir.Operand) bool {
	_, isLocal := operand.Value.(ir.Local)
	return !isLocal
}
