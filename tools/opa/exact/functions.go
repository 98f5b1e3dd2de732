package exact

import "github.com/open-policy-agent/opa/v1/ir"

// passOver lets a reference with variables pass over functions, as OPA's evaluator does: they are no documents. OPA plans to
// call them like rules, without their arguments. What it compiles of that is no valid module, or it traps where it finds the
// function by its path.
func passOver(policy *ir.Policy) {
	params := map[string]int{}
	least := leastParams(policy)
	for _, fn := range policy.Funcs.Funcs {
		params[fn.Name] = len(fn.Params)
		if len(fn.Params) > least[fn.Path[0]] {
			fn.Path = []string{fn.Name} // which leads to no document
		}
	}
	eachFrame(policy, func(blocks []*ir.Block) {
		for _, block := range blocks {
			passOverIn(block, params)
		}
	})
}

// leastParams gives how many parameters a rule has: input, data, and in some of the generations that `with` begins what stands
// for functions. A function has more.
func leastParams(policy *ir.Policy) map[string]int {
	least := map[string]int{"g0": 2}
	for _, fn := range policy.Funcs.Funcs {
		generation := fn.Path[0]
		if known, ok := least[generation]; !ok || len(fn.Params) < known {
			least[generation] = len(fn.Params)
		}
	}
	return least
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
