package exact

import (
	"slices"

	"github.com/open-policy-agent/opa/v1/ir"
)

// isWhole goes on where a number is an integer, and leaves it in its plainest form.
func isWhole(number, plain ir.Local) []ir.Stmt {
	return []ir.Stmt{call("opa_arith_floor", plain, number), equal(plain, number)}
}

// isIndex goes on where a number is an integer that is written without an exponent.
func (p *plan) isIndex(number, plain ir.Local) []ir.Stmt {
	const text, hasExponent = bound, yes
	written := []ir.Stmt{
		call("opa_json_marshal", text, number), call("lower", text, text),
		&ir.AssignVarStmt{Source: p.text("e"), Target: plain}, call("contains", hasExponent, text, plain),
		&ir.EqualStmt{A: of(hasExponent), B: of(ir.Bool(false))},
	}
	return append(written, isWhole(number, plain)...)
}

// isShort goes on where a number has at most 18 digits before the point.
func isShort(number ir.Local) []ir.Stmt {
	const most = 1_000_000_000_000_000_000
	holds := &ir.EqualStmt{A: of(yes), B: of(ir.Bool(true))}
	return []ir.Stmt{
		&ir.MakeNumberIntStmt{Value: most, Target: bound}, call("lt", yes, number, bound), holds,
		&ir.MakeNumberIntStmt{Value: -most, Target: bound}, call("gt", yes, number, bound), holds,
	}
}

// reckonFunc leaves integers to the library, which has decimals where OPA has binary numbers. It also subtracts sets.
func reckonFunc(library, name string) func(*plan) *ir.Func {
	return func(*plan) *ir.Func {
		integers := slices.Concat(isWhole(first, one), isWhole(second, two), []ir.Stmt{call(library, result, one, two)})
		return guardFunc(2,
			block(isSet(first), call(library, result, first, second)),
			block(integers...),
			otherwise(name, first, second),
		)
	}
}

// divFunc leaves to the library what leaves no rest.
func divFunc(*plan) *ir.Func {
	zero := &ir.MakeNumberIntStmt{Value: 0, Target: bound}
	exact := slices.Concat(isWhole(first, one), isWhole(second, two), isShort(one), isShort(two), []ir.Stmt{
		zero, &ir.NotEqualStmt{A: of(one), B: of(bound)},
		call("rem", yes, one, two), equal(yes, bound), call("opa_arith_divide", result, one, two),
	})
	return guardFunc(2, block(exact...), otherwise("div", first, second))
}

// wholeFunc leaves an integer as it is, or to the library.
func wholeFunc(library, name string) func(*plan) *ir.Func {
	return func(*plan) *ir.Func {
		last := assign(one, result)
		if library != "" {
			last = call(library, result, one)
		}
		return guardFunc(1, block(slices.Concat(isWhole(first, one), isShort(one), []ir.Stmt{last})...), otherwise(name, first))
	}
}

// integersFunc asks the library again with what it takes for integers: it does not know 2.0 for one.
func integersFunc(library string, operands int, numbers ...int) func(*plan) *ir.Func {
	return func(*plan) *ir.Func { return againFunc(library, operands, numbers, isWhole) }
}

// indicesFunc is integersFunc for what OPA takes as an index only where it is written without an exponent: 2.0, not 2e0.
func indicesFunc(library string, operands int, numbers ...int) func(*plan) *ir.Func {
	return func(p *plan) *ir.Func { return againFunc(library, operands, numbers, p.isIndex) }
}

func againFunc(library string, operands int, numbers []int, takes func(number, plain ir.Local) []ir.Stmt) *ir.Func {
	asked := []ir.Local{first, second, third}[:operands]
	plain := slices.Clone(asked)
	again := []ir.Stmt{&ir.IsUndefinedStmt{Source: result}}
	for index, number := range numbers {
		plain[number] = []ir.Local{one, two}[index]
		again = append(again, takes(asked[number], plain[number])...)
	}
	again = append(again, call(library, result, plain...))
	return guardFunc(operands, block(call(library, result, asked...)), block(again...))
}
