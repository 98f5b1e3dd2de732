package exact

import "github.com/open-policy-agent/opa/v1/ir"

// firstFree is a local that no plan gets to; the compiler numbers locals anew.
const firstFree ir.Local = 1 << 30

// eachFrame visits the blocks of each plan and function: what shares locals.
func eachFrame(policy *ir.Policy, visit func([]*ir.Block)) {
	for _, plan := range policy.Plans.Plans {
		visit(plan.Blocks)
	}
	for _, fn := range policy.Funcs.Funcs {
		visit(fn.Blocks)
	}
}

// eachBlock visits the blocks that stand directly in a statement.
func eachBlock(stmt ir.Stmt, visit func(*ir.Block)) {
	switch stmt := stmt.(type) {
	case *ir.BlockStmt:
		for _, block := range stmt.Blocks {
			visit(block)
		}
	case *ir.ScanStmt:
		visit(stmt.Block)
	case *ir.NotStmt:
		visit(stmt.Block)
	case *ir.WithStmt:
		visit(stmt.Block)
	}
}

// eachStmt visits every statement in blocks, at any depth.
func eachStmt(blocks []*ir.Block, visit func(ir.Stmt)) {
	for _, block := range blocks {
		for _, stmt := range block.Stmts {
			visit(stmt)
			eachBlock(stmt, func(inner *ir.Block) { eachStmt([]*ir.Block{inner}, visit) })
		}
	}
}

// rewrite puts other statements in the place of each statement in a block, at any depth: the inner ones first.
func rewrite(block *ir.Block, write func(ir.Stmt) []ir.Stmt) {
	var stmts []ir.Stmt
	for _, stmt := range block.Stmts {
		eachBlock(stmt, func(inner *ir.Block) { rewrite(inner, write) })
		stmts = append(stmts, write(stmt)...)
	}
	block.Stmts = stmts
}

func block(stmts ...ir.Stmt) *ir.Block { return &ir.Block{Stmts: stmts} }

func of(value ir.Val) ir.Operand { return ir.Operand{Value: value} }

func assign(from, to ir.Local) ir.Stmt { return &ir.AssignVarStmt{Source: of(from), Target: to} }

func call(name string, result ir.Local, args ...ir.Local) ir.Stmt {
	operands := make([]ir.Operand, len(args))
	for index, arg := range args {
		operands[index] = of(arg)
	}
	return &ir.CallStmt{Func: name, Args: operands, Result: result}
}

func isArray(local ir.Local) ir.Stmt  { return &ir.IsArrayStmt{Source: of(local)} }
func isSet(local ir.Local) ir.Stmt    { return &ir.IsSetStmt{Source: of(local)} }
func isObject(local ir.Local) ir.Stmt { return &ir.IsObjectStmt{Source: of(local)} }

func give(local ir.Local) ir.Stmt { return &ir.ReturnLocalStmt{Source: local} }

// addFunc adds a function under a name that no rule has. The compiler wants a path of each, which leads to no document here.
func addFunc(policy *ir.Policy, name string, fn *ir.Func) {
	fn.Name, fn.Path = name, []string{name}
	policy.Funcs.Funcs = append(policy.Funcs.Funcs, fn)
}
