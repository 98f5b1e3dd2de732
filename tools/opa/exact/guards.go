package exact

import (
	"slices"

	"github.com/open-policy-agent/opa/v1/ir"
)

// A call of one of these is a call of a function that leaves to OPA's library in the module what the library gets right.
var guards = map[string]func(stringConst func(string) ir.Operand) *ir.Func{
	"concat":                   concatFunc,
	"internal.template_string": templateFunc,
	"replace":                  replaceFunc,
}

// hosted are the builtins that the host answers: always, or where a guard asks for them by their own name.
var hosted = []string{
	"format_int",     // aborts beyond 32 bits
	"json.marshal",   // prints sets and objects in the order of their hashes, and without Go's escapes
	"json.unmarshal", // takes numbers that OPA refuses
	"internal.template_string",
	"replace",
}

// What the library calls those that a guard may leave to it.
const (
	libraryReplace  = "opa_strings_replace"
	libraryTemplate = "opa_template_string"
)

func guard(policy *ir.Policy) {
	var needed []string
	eachFrame(policy, func(blocks []*ir.Block) {
		eachStmt(blocks, func(stmt ir.Stmt) {
			made, ok := stmt.(*ir.CallStmt)
			if !ok || guards[made.Func] == nil {
				return
			}
			needed = append(needed, made.Func)
			made.Func = "writ." + made.Func
			made.Args = append([]ir.Operand{of(ir.Input), of(ir.Data)}, made.Args...)
		})
	})
	slices.Sort(needed)
	for _, name := range slices.Compact(needed) {
		addFunc(policy, "writ."+name, guards[name](func(text string) ir.Operand { return stringConst(policy, text) }))
	}
}

func stringConst(policy *ir.Policy, text string) ir.Operand {
	all := &policy.Static.Strings
	index := slices.IndexFunc(*all, func(known *ir.StringConst) bool { return known.Value == text })
	if index < 0 {
		index = len(*all)
		*all = append(*all, &ir.StringConst{Value: text})
	}
	return of(ir.StringIndex(index))
}

// concatFunc sorts a set first.
func concatFunc(func(string) ir.Operand) *ir.Func {
	const separator, collection, list, result ir.Local = 2, 3, 4, 5
	return &ir.Func{
		Params: []ir.Local{ir.Input, ir.Data, separator, collection},
		Return: result,
		Blocks: []*ir.Block{
			block(assign(collection, list)),
			block(isSet(collection), call("sort", list, collection)),
			block(call("concat", result, separator, list)),
			block(give(result)),
		},
	}
}

// replaceFunc leaves what is not an empty search to the library, which does not come back from one.
func replaceFunc(stringConst func(string) ir.Operand) *ir.Func {
	const text, search, other, result ir.Local = 2, 3, 4, 5
	empty := stringConst("")
	return &ir.Func{
		Params: []ir.Local{ir.Input, ir.Data, text, search, other},
		Return: result,
		Blocks: []*ir.Block{
			block(&ir.NotEqualStmt{A: of(search), B: empty}, call(libraryReplace, result, text, search, other)),
			block(&ir.EqualStmt{A: of(search), B: empty}, call("replace", result, text, search, other)),
			block(give(result)),
		},
	}
}

// templateFunc leaves scalars to the library, which prints what is composed in the order of hashes.
func templateFunc(func(string) ir.Operand) *ir.Func {
	const parts, result, composed, key, part, inKey, value ir.Local = 2, 3, 4, 5, 6, 7, 8
	mark := &ir.MakeNullStmt{Target: composed}
	look := &ir.ScanStmt{Source: part, Key: inKey, Value: value, Block: block(&ir.BlockStmt{Blocks: []*ir.Block{
		block(isArray(value), mark),
		block(isObject(value), mark),
		block(isSet(value), mark),
	}})}
	return &ir.Func{
		Params: []ir.Local{ir.Input, ir.Data, parts},
		Return: result,
		Blocks: []*ir.Block{
			block(&ir.ScanStmt{Source: parts, Key: key, Value: part, Block: block(look)}),
			block(&ir.IsUndefinedStmt{Source: composed}, call(libraryTemplate, result, parts)),
			block(&ir.IsDefinedStmt{Source: composed}, call("internal.template_string", result, parts)),
			block(give(result)),
		},
	}
}
