package exact

import (
	"slices"

	"github.com/open-policy-agent/opa/v1/ir"
)

// guards are functions that stand for builtins: each leaves to OPA's library in the module what the library gets right.
var guards = map[string]func(*plan) *ir.Func{
	"abs":                              wholeFunc("opa_arith_abs", "abs"),
	"array.slice":                      indicesFunc("opa_array_slice", 3, 1, 2),
	"bits.and":                         integersFunc("opa_bits_and", 2, 0, 1),
	"bits.lsh":                         integersFunc("opa_bits_shiftleft", 2, 0, 1),
	"bits.negate":                      integersFunc("opa_bits_negate", 1, 0),
	"bits.or":                          integersFunc("opa_bits_or", 2, 0, 1),
	"bits.rsh":                         integersFunc("opa_bits_shiftright", 2, 0, 1),
	"bits.xor":                         integersFunc("opa_bits_xor", 2, 0, 1),
	"ceil":                             wholeFunc("", "ceil"),
	"concat":                           concatFunc,
	"div":                              divFunc,
	"floor":                            wholeFunc("", "floor"),
	"indexof":                          indexofFunc,
	"internal.template_string":         templateFunc,
	"json.filter":                      pathsFunc("builtin_json_filter"),
	"json.remove":                      pathsFunc("builtin_json_remove"),
	"minus":                            reckonFunc("opa_arith_minus", "minus"),
	"mul":                              reckonFunc("opa_arith_multiply", "mul"),
	"object.union_n":                   unionFunc,
	"plus":                             reckonFunc("opa_arith_plus", "plus"),
	"re_match":                         matchFunc("opa_regex_match", 2),
	"regex.find_all_string_submatch_n": findAllFunc,
	"regex.is_valid":                   matchFunc("opa_regex_is_valid", 1),
	"regex.match":                      matchFunc("opa_regex_match", 2),
	"replace":                          replaceFunc,
	"round":                            wholeFunc("", "round"),
	"substring":                        indicesFunc("opa_strings_substring", 3, 1, 2),
	"to_number":                        toNumberFunc,
}

// hosted are the builtins that the host answers: always, or where a guard asks for them by their own name.
var hosted = []string{
	"abs",
	"base64.decode", // takes what is cut off
	"base64.is_valid",
	"base64url.decode",
	"ceil",
	"div",
	"floor",
	"format_int", // aborts beyond 32 bits
	"glob.match", // matches by regular expressions, and does not escape all that means something to those
	"internal.template_string",
	"json.is_valid",  // takes the number that a longer text begins with
	"json.marshal",   // prints sets and objects in the order of their hashes, and without Go's escapes
	"json.unmarshal", // takes numbers that OPA refuses
	"minus",
	"mul",
	"net.cidr_contains", // reads an address that is followed by something else
	"net.cidr_intersects",
	"net.cidr_overlap",
	"plus",
	"product", // reckons in decimals
	"replace",
	"round",
	"sum", // reckons in decimals
	"to_number",
}

// Where says what answers a builtin in a module that Compile makes: the module, its host, or the module and its host in what
// the module would get wrong.
func Where(name string) string {
	_, isNative := nativeFunctions[name]
	isHosted := slices.Contains(hosted, name)
	switch {
	case !isNative || isHosted && guards[name] == nil:
		return "host"
	case isHosted:
		return "both"
	}
	return "module"
}

// plan is what a guard needs to know of the plan that it joins.
type plan struct{ policy *ir.Policy }

func guard(policy *ir.Policy) {
	var needed []string
	eachFrame(policy, func(blocks []*ir.Block) {
		eachStmt(blocks, func(stmt ir.Stmt) {
			made, ok := stmt.(*ir.CallStmt)
			if !ok || guards[made.Func] == nil || isPlainPattern(policy, made) {
				return
			}
			needed = append(needed, made.Func)
			made.Func = "writ." + made.Func
			made.Args = append([]ir.Operand{of(ir.Input), of(ir.Data)}, made.Args...)
		})
	})
	slices.Sort(needed)
	for _, name := range slices.Compact(needed) {
		addFunc(policy, "writ."+name, guards[name](&plan{policy}))
	}
}

func (p *plan) text(text string) ir.Operand {
	all := &p.policy.Static.Strings
	index := slices.IndexFunc(*all, func(known *ir.StringConst) bool { return known.Value == text })
	if index < 0 {
		index = len(*all)
		*all = append(*all, &ir.StringConst{Value: text})
	}
	return of(ir.StringIndex(index))
}

// Locals of a guard: input and data come first, then its operands.
const (
	first ir.Local = iota + 2
	second
	third
	result
	one
	two
	yes
	bound
	spare
	written
)

func guardFunc(operands int, blocks ...*ir.Block) *ir.Func {
	params := []ir.Local{ir.Input, ir.Data, first, second, third}
	return &ir.Func{
		Params: params[:2+operands],
		Return: result,
		Blocks: append(blocks, block(give(result))),
	}
}

// otherwise asks the host where the blocks before gave nothing.
func otherwise(name string, operands ...ir.Local) *ir.Block {
	return block(&ir.IsUndefinedStmt{Source: result}, call(name, result, operands...))
}

func equal(left, right ir.Local) ir.Stmt { return &ir.EqualStmt{A: of(left), B: of(right)} }

// pathsFunc leaves out empty paths, which lead to nothing, and on which the library traps.
func pathsFunc(library string) func(*plan) *ir.Func {
	return func(p *plan) *ir.Func {
		const list, none, key, path = one, two, bound, spare
		made := &ir.MakeArrayStmt{Target: list}
		return guardFunc(2,
			block(isArray(second), made),
			block(isSet(second), made),
			block(
				&ir.IsDefinedStmt{Source: list},
				&ir.MakeArrayStmt{Target: none},
				&ir.ScanStmt{Source: second, Key: key, Value: path, Block: block(
					&ir.NotEqualStmt{A: of(path), B: p.text("")},
					&ir.NotEqualStmt{A: of(path), B: of(none)},
					&ir.ArrayAppendStmt{Array: list, Value: of(path)},
				)},
				call(library, result, first, list),
			),
		)
	}
}

// concatFunc sorts a set first.
func concatFunc(*plan) *ir.Func {
	return guardFunc(2,
		block(assign(second, one)),
		block(isSet(second), call("sort", one, second)),
		block(call("concat", result, first, one)),
	)
}

// replaceFunc leaves what is not an empty search to the library, which does not come back from one.
func replaceFunc(p *plan) *ir.Func {
	empty := p.text("")
	return guardFunc(3,
		block(&ir.NotEqualStmt{A: of(second), B: empty}, call("opa_strings_replace", result, first, second, third)),
		block(&ir.EqualStmt{A: of(second), B: empty}, call("replace", result, first, second, third)),
	)
}

// indexofFunc finds nothing empty, as OPA does not.
func indexofFunc(p *plan) *ir.Func {
	return guardFunc(2, block(&ir.NotEqualStmt{A: of(second), B: p.text("")}, call("opa_strings_indexof", result, first, second)))
}

// unionFunc knows the union of nothing.
func unionFunc(*plan) *ir.Func {
	none := []ir.Stmt{
		isArray(first), &ir.LenStmt{Source: of(first), Target: one},
		&ir.MakeNumberIntStmt{Value: 0, Target: two}, equal(one, two), &ir.MakeObjectStmt{Target: result},
	}
	return guardFunc(1, block(none...), block(isArray(first), &ir.IsUndefinedStmt{Source: result}, call("builtin_object_union_n", result, first)))
}

// toNumberFunc asks the host about texts, of which the library cannot read all that it tries to.
func toNumberFunc(*plan) *ir.Func {
	return guardFunc(1,
		block(call("is_number", yes, first), &ir.EqualStmt{A: of(yes), B: of(ir.Bool(true))}, assign(first, result)),
		otherwise("to_number", first),
	)
}

// templateFunc leaves scalars to the library, which prints what is composed in the order of hashes. A text without a bracket has
// nothing composed in it, which is seen sooner than what each part is.
func templateFunc(p *plan) *ir.Func {
	const printed, composed, key, part, inKey, value = one, two, yes, bound, spare, written
	mark := &ir.MakeNullStmt{Target: composed}
	look := &ir.ScanStmt{Source: part, Key: inKey, Value: value, Block: block(&ir.BlockStmt{Blocks: []*ir.Block{
		block(isArray(value), mark),
		block(isObject(value), mark),
		block(isSet(value), mark),
	}})}
	plain := slices.Concat(p.without(printed, "["), p.without(printed, "{"), []ir.Stmt{assign(printed, result)})
	unknown := &ir.IsUndefinedStmt{Source: result}
	return guardFunc(1,
		block(append([]ir.Stmt{call("opa_template_string", printed, first)}, plain...)...),
		block(unknown, &ir.ScanStmt{Source: first, Key: key, Value: part, Block: block(look)}),
		block(unknown, &ir.IsUndefinedStmt{Source: composed}, assign(printed, result)),
		otherwise("internal.template_string", first),
	)
}
