package exact

import (
	"reflect"

	"github.com/open-policy-agent/opa/v1/ir"
)

// lookOnce lets a block use a member that was looked up before in it or around it: OPA plans to look for it each time it is
// written. It keeps to locals that are written at one place: what they hold stays.
func lookOnce(policy *ir.Policy) {
	eachFrame(policy, func(blocks []*ir.Block) {
		o := &onlooker{written: writesIn(blocks), found: map[member]ir.Local{}}
		for _, block := range blocks {
			o.block(block)
		}
	})
}

type member struct {
	of  ir.Local
	key ir.StringIndex
}

type onlooker struct {
	written map[ir.Local]int
	found   map[member]ir.Local
}

func (o *onlooker) block(block *ir.Block) {
	var own []member
	for index, stmt := range block.Stmts {
		eachBlock(stmt, o.block)
		dot, one := o.memberOf(stmt)
		if dot == nil {
			continue
		}
		if held, ok := o.found[one]; ok {
			block.Stmts[index] = assign(held, dot.Target)
		} else if o.written[dot.Target] == 1 {
			o.found[one] = dot.Target
			own = append(own, one)
		}
	}
	for _, one := range own {
		delete(o.found, one)
	}
}

func (o *onlooker) memberOf(stmt ir.Stmt) (*ir.DotStmt, member) {
	dot, ok := stmt.(*ir.DotStmt)
	if !ok {
		return nil, member{}
	}
	source, isLocal := dot.Source.Value.(ir.Local)
	key, isText := dot.Key.Value.(ir.StringIndex)
	if !isLocal || !isText || o.written[source] > 1 {
		return nil, member{}
	}
	return dot, member{source, key}
}

// writesIn counts the statements that write a local, or what it holds. None writes a parameter but `with`, which counts twice: the
// caller wrote it first.
func writesIn(blocks []*ir.Block) map[ir.Local]int {
	written := map[ir.Local]int{}
	eachStmt(blocks, func(stmt ir.Stmt) {
		if with, ok := stmt.(*ir.WithStmt); ok {
			written[with.Local]++
		}
		for _, local := range writesOf(stmt) {
			written[local]++
		}
	})
	return written
}

// writesOf gives the locals that a statement names as anything but what it reads.
func writesOf(stmt ir.Stmt) []ir.Local {
	var written []ir.Local
	fields := reflect.ValueOf(stmt).Elem()
	for index := range fields.NumField() {
		field := fields.Type().Field(index)
		if field.Type == reflect.TypeFor[ir.Local]() && field.Name != "Source" {
			written = append(written, fields.Field(index).Interface().(ir.Local))
		}
	}
	return written
}
