package exact

import "github.com/open-policy-agent/opa/v1/ir"

// passOver lets a reference with variables pass over functions, as OPA's evaluator does: they are no documents. OPA plans to
// call them like rules, without their arguments, and what it compiles of that is no valid module.
func passOver(policy *ir.Policy) {
	params := map[string]int{}
	for _, fn := range policy.Funcs.Funcs {
		params[fn.Name] = len(fn.Params)
	}
	eachFrame(policy, func(blocks []*ir.Block) {
		for _, block := range blocks {
			passOverIn(block, params)
		}
	})
}

func passOverIn(block *ir.Block, params map[string]int) {
	for index, stmt := range block.Stmts {
		eachBlock(stmt, func(inner *ir.Block) { passOverIn(inner, params) })
		made, ok := stmt.(*ir.CallStmt)
		if !ok {
			continue
		}
		if wanted, isOwn := params[made.Func]; isOwn && wanted != len(made.Args) {
			block.Stmts[index] = &ir.BreakStmt{} // undefined
		}
	}
}
