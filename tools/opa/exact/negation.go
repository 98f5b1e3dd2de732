package exact

import "github.com/open-policy-agent/opa/v1/ir"

// firstHolds is a local that no plan and no other pass gets to.
const firstHolds ir.Local = 1 << 28

// negate lets a `not` hold where nothing of what it denies holds. OPA plans it so that it fails as soon as the end of its block is
// reached, and that is where a scan or a block in it comes to as well, whatever they met: `not walk(x, [path, value])` and `not data.q[x].y`, where
// q holds rules too, were the same for every x.
func negate(policy *ir.Policy) {
	eachFrame(policy, func(blocks []*ir.Block) {
		next := firstHolds
		eachStmt(blocks, func(stmt ir.Stmt) {
			if not, ok := stmt.(*ir.NotStmt); ok && goesOn(not.Block) {
				not.Block = denied(not.Block, next)
				next++
			}
		})
	})
}

// denied reaches its end where something holds.
func denied(inner *ir.Block, holds ir.Local) *ir.Block {
	markEnds(inner, &ir.AssignVarStmt{Source: of(ir.Bool(true)), Target: holds})
	return block(&ir.ResetLocalStmt{Target: holds}, &ir.BlockStmt{Blocks: []*ir.Block{inner}}, &ir.IsDefinedStmt{Source: holds})
}

// goesOn tells a block whose end may be reached without that anything held: what is left to ask stands in a scan, or in the block of a
// dynamic reference.
func goesOn(block *ir.Block) bool {
	switch lastOf(block).(type) {
	case *ir.ScanStmt, *ir.BlockStmt:
		return true
	}
	return false
}

func lastOf(block *ir.Block) ir.Stmt {
	if len(block.Stmts) == 0 {
		return nil
	}
	return block.Stmts[len(block.Stmts)-1]
}

// markEnds puts a statement where all that was asked has held: at the end of what stands in the last scan or block, and of each of
// the documents that a reference with a variable may lead to, which are written down before that scan.
func markEnds(block *ir.Block, mark ir.Stmt) {
	switch last := lastOf(block).(type) {
	case *ir.ScanStmt:
		markEnds(last.Block, mark)
		for _, document := range documentsBefore(block, last) {
			markEnds(document, mark)
		}
	case *ir.BlockStmt:
		for _, inner := range last.Blocks {
			markEnds(inner, mark)
		}
	default:
		block.Stmts = append(block.Stmts, mark)
	}
}

// documentsBefore gives the blocks of the documents that rules make, where the scan is of the base documents beside them: it leaves
// out the keys in a set that was made right after those blocks.
func documentsBefore(block *ir.Block, scan *ir.ScanStmt) []*ir.Block {
	excluded, ok := excludedFrom(scan)
	if !ok {
		return nil
	}
	for index, stmt := range block.Stmts {
		made, ok := stmt.(*ir.MakeSetStmt)
		if !ok || made.Target != excluded || index == 0 {
			continue
		}
		if documents, ok := block.Stmts[index-1].(*ir.BlockStmt); ok {
			return documents.Blocks
		}
	}
	return nil
}

func excludedFrom(scan *ir.ScanStmt) (ir.Local, bool) {
	for _, stmt := range scan.Block.Stmts {
		not, ok := stmt.(*ir.NotStmt)
		if !ok || len(not.Block.Stmts) != 1 {
			continue
		}
		if dot, ok := not.Block.Stmts[0].(*ir.DotStmt); ok && dot.Key.Value == scan.Key {
			excluded, isLocal := dot.Source.Value.(ir.Local)
			return excluded, isLocal
		}
	}
	return 0, false
}
