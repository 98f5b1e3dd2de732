package exact

import (
	"slices"
	"strconv"

	"github.com/open-policy-agent/opa/v1/ir"
)

const (
	// few rules are tried one by one as fast as they are looked for.
	few = 8
	// firstLooked is a local that no plan and no orderer gets to.
	firstLooked ir.Local = 1 << 29
)

// index lets a function look for its rules that begin by asking whether one and the same value is this or that string. OPA's
// evaluator has such an index; its compiler to WebAssembly tries each rule in turn. Rules that ask for another string than the
// value is do nothing, so that to leave them out changes nothing; those that ask for the same one stay in their order.
func index(policy *ir.Policy) {
	for _, fn := range policy.Funcs.Funcs {
		fn.Blocks = indexed(policy, fn)
	}
}

// rule is the blocks of one body, and what it asks before it does anything else: by the path of a value, the string that it must be.
type rule struct {
	blocks []*ir.Block
	asks   map[string]asked
	paths  []string
}

type asked struct {
	path []ir.Operand // first the local of a parameter, then keys
	text ir.StringIndex
}

func indexed(policy *ir.Policy, fn *ir.Func) []*ir.Block {
	var blocks []*ir.Block
	rules := rulesOf(fn)
	for len(rules) > 0 {
		path, count := longest(rules)
		if count < few {
			blocks = append(blocks, rules[0].blocks...)
			rules = rules[1:]
			continue
		}
		blocks = append(blocks, lookUp(policy, path, rules[:count]))
		rules = rules[count:]
	}
	return blocks
}

// rulesOf takes a function apart; blocks that are of no rule stand for themselves.
func rulesOf(fn *ir.Func) []rule {
	var rules []rule
	for at := 0; at < len(fn.Blocks); at++ {
		one := asksOf(fn, fn.Blocks[at])
		if len(one.asks) > 0 && at+1 < len(fn.Blocks) && isAfter(fn.Blocks[at], fn.Blocks[at+1]) {
			at++
			one.blocks = append(one.blocks, fn.Blocks[at])
		}
		rules = append(rules, one)
	}
	return rules
}

// isAfter tells a block that does nothing unless the body before it gave a value.
func isAfter(body, next *ir.Block) bool {
	reset := body.Stmts[0].(*ir.ResetLocalStmt)
	if len(next.Stmts) == 0 {
		return false
	}
	defined, ok := next.Stmts[0].(*ir.IsDefinedStmt)
	return ok && defined.Source == reset.Target
}

// asksOf reads a body as far as it only looks at its parameters.
func asksOf(fn *ir.Func, body *ir.Block) rule {
	one := rule{blocks: []*ir.Block{body}, asks: map[string]asked{}}
	if len(body.Stmts) == 0 {
		return one
	}
	if _, ok := body.Stmts[0].(*ir.ResetLocalStmt); !ok {
		return one
	}
	known := map[ir.Local][]ir.Operand{}
	for _, param := range fn.Params {
		known[param] = []ir.Operand{of(param)}
	}
	for _, stmt := range body.Stmts[1:] {
		if !one.read(stmt, known) {
			break
		}
	}
	return one
}

// read takes note of a statement; false where it may do more than to look.
func (r *rule) read(stmt ir.Stmt, known map[ir.Local][]ir.Operand) bool {
	switch stmt := stmt.(type) {
	case *ir.DotStmt:
		source, isKnown := pathOf(stmt.Source, known)
		if _, isText := stmt.Key.Value.(ir.StringIndex); isKnown && isText {
			known[stmt.Target] = append(slices.Clone(source), stmt.Key)
		} else {
			delete(known, stmt.Target)
		}
	case *ir.AssignVarStmt:
		source, isKnown := pathOf(stmt.Source, known)
		if isKnown {
			known[stmt.Target] = source
		} else {
			delete(known, stmt.Target)
		}
	case *ir.EqualStmt:
		r.ask(stmt.A, stmt.B, known)
		r.ask(stmt.B, stmt.A, known)
	case *ir.IsUndefinedStmt:
	default:
		return false
	}
	return true
}

func pathOf(operand ir.Operand, known map[ir.Local][]ir.Operand) ([]ir.Operand, bool) {
	local, isLocal := operand.Value.(ir.Local)
	if !isLocal {
		return nil, false
	}
	path, isKnown := known[local]
	return path, isKnown
}

func (r *rule) ask(value, text ir.Operand, known map[ir.Local][]ir.Operand) {
	path, isKnown := pathOf(value, known)
	index, isText := text.Value.(ir.StringIndex)
	if !isKnown || !isText {
		return
	}
	name := nameOf(path)
	if _, isAsked := r.asks[name]; !isAsked {
		r.asks[name] = asked{path, index}
		r.paths = append(r.paths, name)
	}
}

func nameOf(path []ir.Operand) string {
	name := ""
	for _, part := range path {
		switch value := part.Value.(type) {
		case ir.Local:
			name = strconv.Itoa(int(value))
		case ir.StringIndex:
			name += "." + strconv.Itoa(int(value))
		}
	}
	return name
}

// longest gives how many rules from the first one on ask for one value; of several values, the one that tells most apart.
func longest(rules []rule) (path string, count int) {
	most := 1
	for _, name := range rules[0].paths {
		texts := map[ir.StringIndex]bool{}
		length := 0
		for ; length < len(rules); length++ {
			ask, isAsked := rules[length].asks[name]
			if !isAsked {
				break
			}
			texts[ask.text] = true
		}
		if len(texts) > most {
			path, count, most = name, length, len(texts)
		}
	}
	return path, count
}

// choice is the blocks of all rules that ask for one string.
type choice struct {
	text   ir.StringIndex
	blocks []*ir.Block
}

// lookUp is one block that finds the value and carries out the rules that ask for what it is.
func lookUp(policy *ir.Policy, name string, rules []rule) *ir.Block {
	var choices []*choice
	byText := map[ir.StringIndex]*choice{}
	for _, one := range rules {
		text := one.asks[name].text
		if byText[text] == nil {
			byText[text] = &choice{text: text}
			choices = append(choices, byText[text])
		}
		byText[text].blocks = append(byText[text].blocks, one.blocks...)
	}
	value := func(of *choice) string { return policy.Static.Strings[of.text].Value }
	slices.SortFunc(choices, func(left, right *choice) int {
		if value(left) < value(right) {
			return -1
		}
		return 1
	})
	path := rules[0].asks[name].path
	stmts := make([]ir.Stmt, 0, len(path))
	looked := path[0]
	for depth, key := range path[1:] {
		target := firstLooked + ir.Local(depth)
		stmts = append(stmts, &ir.DotStmt{Source: looked, Key: key, Target: target})
		looked = of(target)
	}
	return block(append(stmts, chosen(looked, choices, firstLooked+ir.Local(len(path)))...)...)
}

// chosen halves what there is to choose from by Rego's order of strings, which is that of their bytes.
func chosen(value ir.Operand, choices []*choice, isLess ir.Local) []ir.Stmt {
	if len(choices) <= 2 {
		var blocks []*ir.Block
		for _, one := range choices {
			blocks = append(blocks, block(
				&ir.EqualStmt{A: value, B: of(one.text)},
				&ir.BlockStmt{Blocks: one.blocks},
			))
		}
		return []ir.Stmt{&ir.BlockStmt{Blocks: blocks}}
	}
	half := len(choices) / 2
	side := func(is bool, side []*choice) *ir.Block {
		holds := &ir.EqualStmt{A: of(isLess), B: of(ir.Bool(is))}
		return block(append([]ir.Stmt{holds}, chosen(value, side, isLess+1)...)...)
	}
	return []ir.Stmt{
		&ir.CallStmt{Func: "lt", Args: []ir.Operand{value, of(choices[half].text)}, Result: isLess},
		&ir.BlockStmt{Blocks: []*ir.Block{side(true, choices[:half]), side(false, choices[half:])}},
	}
}
