package exact

import (
	"strings"

	"github.com/open-policy-agent/opa/v1/ir"
)

// patternFunc writes a pattern as the library reads it: that ends it at NUL, and does not know a group's name where no P is before
// it. What becomes of it is the last statements' business.
func patternFunc(p *plan, operands int, last ...*ir.Block) *ir.Func {
	const pattern = written
	isValid := &ir.EqualStmt{A: of(yes), B: of(ir.Bool(false))}
	return guardFunc(operands, append([]*ir.Block{
		block(assign(first, pattern)),
		block(append(p.with(pattern, "\x00"), p.putFor(pattern, "\x00", `\x00`))...),
		block(append(p.with(pattern, "(?<"), call("opa_regex_is_valid", yes, pattern), isValid, p.putFor(pattern, "(?<", "(?P<"))...),
	}, last...)...)
}

// with goes on where a text contains another.
func (p *plan) with(text ir.Local, other string) []ir.Stmt { return p.asks(text, other, true) }

// without goes on where it does not.
func (p *plan) without(text ir.Local, other string) []ir.Stmt { return p.asks(text, other, false) }

func (p *plan) asks(text ir.Local, other string, contains bool) []ir.Stmt {
	return []ir.Stmt{
		&ir.CallStmt{Func: "contains", Args: []ir.Operand{of(text), p.text(other)}, Result: yes},
		&ir.EqualStmt{A: of(yes), B: of(ir.Bool(contains))},
	}
}

func (p *plan) putFor(text ir.Local, old, other string) ir.Stmt {
	return &ir.CallStmt{Func: "opa_strings_replace", Args: []ir.Operand{of(text), p.text(old), p.text(other)}, Result: text}
}

// matchFunc is of a builtin that takes a pattern first.
func matchFunc(library string, operands int) func(*plan) *ir.Func {
	return func(p *plan) *ir.Func {
		asked := []ir.Local{written, second}[:operands]
		return patternFunc(p, operands, block(call(library, result, asked...)))
	}
}

// isPlainPattern tells a call whose pattern stands in the policy, as the library reads it: most do.
func isPlainPattern(policy *ir.Policy, made *ir.CallStmt) bool {
	if made.Func != "re_match" && made.Func != "regex.match" && made.Func != "regex.is_valid" {
		return false
	}
	text, isWritten := made.Args[0].Value.(ir.StringIndex)
	if !isWritten {
		return false
	}
	pattern := policy.Static.Strings[text].Value
	return !strings.Contains(pattern, "\x00") && !strings.Contains(pattern, "(?<")
}

// findAllFunc knows that any negative number means all, and 2.0 is an integer.
func findAllFunc(p *plan) *ir.Func {
	const library = "opa_regex_find_all_string_submatch"
	zero := &ir.MakeNumberIntStmt{Value: 0, Target: bound}
	negative := []ir.Stmt{
		zero, call("lt", yes, one, bound), &ir.EqualStmt{A: of(yes), B: of(ir.Bool(true))},
		&ir.MakeNumberIntStmt{Value: -1, Target: one},
	}
	return patternFunc(p, 3,
		block(append(p.isIndex(third, two), assign(two, one))...),
		block(append([]ir.Stmt{&ir.IsDefinedStmt{Source: one}}, negative...)...),
		block(&ir.IsDefinedStmt{Source: one}, call(library, result, written, second, one)),
	)
}
