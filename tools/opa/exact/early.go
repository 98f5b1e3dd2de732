package exact

import (
	"slices"

	"github.com/open-policy-agent/opa/v1/ir"
)

// stopEarly lets a rule that gives one and the same constant in all its bodies end with the first that holds, as OPA's evaluator
// does: what it would go on to ask takes time, and may be an error.
func stopEarly(policy *ir.Policy) {
	for _, fn := range policy.Funcs.Funcs {
		given, ok := onlyGiven(fn)
		if !ok {
			continue
		}
		for _, body := range fn.Blocks {
			leaveAt(body, given, 0)
			if len(body.Stmts) == 0 {
				continue
			}
			if _, begins := body.Stmts[0].(*ir.ResetLocalStmt); begins {
				body.Stmts = slices.Insert(body.Stmts, 1, ir.Stmt(&ir.IsUndefinedStmt{Source: fn.Return}))
			}
		}
	}
}

// onlyGiven is the local that each body gives its value to, where that is a constant, the same in all of them, and no else follows.
func onlyGiven(fn *ir.Func) (ir.Local, bool) {
	given, value := fn.Return, ir.Val(nil)
	same := true
	eachStmt(fn.Blocks, func(stmt ir.Stmt) {
		once, ok := stmt.(*ir.AssignVarOnceStmt)
		if !ok || once.Target == fn.Return {
			return
		}
		if value == nil {
			given, value = once.Target, once.Source.Value
		}
		same = same && value == once.Source.Value
	})
	_, isLocal := value.(ir.Local)
	return given, same && value != nil && !isLocal && !hasElse(fn)
}

// hasElse tells bodies that stand in a block of their own.
func hasElse(fn *ir.Func) bool {
	for _, body := range fn.Blocks {
		if len(body.Stmts) == 0 {
			continue
		}
		if _, ok := body.Stmts[0].(*ir.BlockStmt); ok {
			return true
		}
	}
	return false
}

// leaveAt leaves a body where it gave its value in a scan. What stands in a `with` is left no further than that, which gives back what it took.
func leaveAt(block *ir.Block, given ir.Local, around uint32) {
	for index, stmt := range block.Stmts {
		switch stmt := stmt.(type) {
		case *ir.AssignVarOnceStmt:
			if stmt.Target == given && around > 0 {
				block.Stmts = append(block.Stmts[:index+1], &ir.BreakStmt{Index: around})
				return
			}
		case *ir.ScanStmt:
			leaveAt(stmt.Block, given, around+2)
		case *ir.WithStmt:
			leaveAt(stmt.Block, given, 0)
		case *ir.BlockStmt:
			for _, inner := range stmt.Blocks {
				leaveAt(inner, given, around+1)
			}
		}
	}
}
