package exact

import (
	"slices"

	"github.com/open-policy-agent/opa/v1/ir"
)

// firstPart is a local that no plan and no other pass gets to.
const firstPart ir.Local = 1 << 27

// partsOfObjects lets `with` replace a part of what is no object: an object with nothing else in it stands for it then. OPA's
// compiler writes into whatever it finds.
func partsOfObjects(policy *ir.Policy) {
	eachFrame(policy, func(blocks []*ir.Block) {
		next := firstPart
		for _, inner := range blocks {
			rewrite(inner, func(stmt ir.Stmt) []ir.Stmt {
				with, ok := stmt.(*ir.WithStmt)
				if !ok || len(with.Path) == 0 {
					return []ir.Stmt{stmt}
				}
				next++
				return []ir.Stmt{
					&ir.ResetLocalStmt{Target: next},
					&ir.BlockStmt{Blocks: []*ir.Block{
						block(isObject(with.Local), assign(with.Local, next)),
						block(&ir.IsUndefinedStmt{Source: next}, &ir.MakeObjectStmt{Target: next}),
					}},
					&ir.WithStmt{Local: with.Local, Value: of(next), Block: block(with)},
				}
			})
		}
	})
}

// handOn writes a dynamic reference as one call after the other where rules take more than input and data: variables that stand
// for functions. OPA's compiler hands on no more than those two, and the module traps.
func handOn(policy *ir.Policy) {
	least := leastParams(policy)
	for _, fn := range policy.Funcs.Funcs {
		given := map[string][]ir.Operand{}
		for _, param := range fn.Params[:min(least[fn.Path[0]], len(fn.Params))] {
			given[fn.Path[0]] = append(given[fn.Path[0]], of(param))
		}
		handOnIn(&plan{policy}, fn.Blocks, given)
	}
	for _, entry := range policy.Plans.Plans {
		handOnIn(&plan{policy}, entry.Blocks, map[string][]ir.Operand{})
	}
}

// handOnIn takes what the rules of another generation are given from where one of them is called.
func handOnIn(p *plan, blocks []*ir.Block, given map[string][]ir.Operand) {
	least := leastParams(p.policy)
	byName := map[string]*ir.Func{}
	for _, fn := range p.policy.Funcs.Funcs {
		byName[fn.Name] = fn
	}
	eachStmt(blocks, func(stmt ir.Stmt) {
		if made, ok := stmt.(*ir.CallStmt); ok && byName[made.Func] != nil {
			generation := byName[made.Func].Path[0]
			given[generation] = made.Args[:min(least[generation], len(made.Args))]
		}
	})
	for _, inner := range blocks {
		rewrite(inner, func(stmt ir.Stmt) []ir.Stmt {
			dynamic, ok := stmt.(*ir.CallDynamicStmt)
			if !ok {
				return []ir.Stmt{stmt}
			}
			generation := p.policy.Static.Strings[dynamic.Path[0].Value.(ir.StringIndex)].Value
			if len(given[generation]) <= 2 {
				return []ir.Stmt{stmt}
			}
			return []ir.Stmt{&ir.BlockStmt{Blocks: p.callsFor(dynamic, generation, given[generation])}, &ir.BreakStmt{}}
		})
	}
}

// callsFor gives a block for each rule that a reference may lead to. Where it does, the blocks are left as OPA's compiler leaves
// them: for what is around the one that they stand in where the rule gives a value, and for two more around it where it gives none.
func (p *plan) callsFor(dynamic *ir.CallDynamicStmt, generation string, args []ir.Operand) []*ir.Block {
	var calls []*ir.Block
	for _, fn := range p.policy.Funcs.Funcs {
		if fn.Path[0] != generation || len(fn.Path) != len(dynamic.Path) || len(fn.Params) != len(args) {
			continue
		}
		asked := &ir.Block{}
		for index, part := range fn.Path {
			asked.Stmts = append(asked.Stmts, &ir.EqualStmt{A: dynamic.Path[index], B: p.text(part)})
		}
		made := &ir.CallStmt{Func: fn.Name, Args: slices.Clone(args), Result: dynamic.Result}
		asked.Stmts = append(asked.Stmts, &ir.BlockStmt{Blocks: []*ir.Block{block(made, &ir.BreakStmt{Index: 3})}}, &ir.BreakStmt{Index: 4})
		calls = append(calls, asked)
	}
	return calls
}
