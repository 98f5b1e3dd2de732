package main

import (
	"fmt"

	"github.com/open-policy-agent/opa/v1/ast"
)

// ownEvery gives the variables of each `every` names that nothing else in its rule has. OPA's planner lets them out of it: in
// `every x in a { x[k] == 1 }; every y in b { y[k] == 2 }` it takes the second k for the first.
func ownEvery(modules []*ast.Module) error {
	named := map[string]ast.VarSet{}
	for _, module := range modules {
		own := named[module.Package.Path.String()]
		if own == nil {
			own = ast.NewVarSet(ast.Var("input"), ast.Var("data"))
			named[module.Package.Path.String()] = own
		}
		for _, rule := range module.Rules {
			own.Add(rule.Head.Ref()[0].Value.(ast.Var))
		}
	}
	for _, module := range modules {
		known := named[module.Package.Path.String()].Copy()
		for _, imported := range module.Imports {
			known.Add(imported.Name())
		}
		for _, rule := range module.Rules {
			o := &owner{rule: rule, count: 0}
			if err := o.ownIn(rule, known); err != nil {
				return err
			}
		}
	}
	return nil
}

type owner struct {
	rule  *ast.Rule
	count int
}

// ownIn looks for each `every` in a rule or a body, where all that is known names what it names around it.
func (o *owner) ownIn(around any, known ast.VarSet) error {
	known = known.Copy()
	known.Update(varsOf(around))
	var failed error
	visitor := ast.NewGenericVisitor(func(node any) bool {
		if failed != nil {
			return true
		}
		switch node := node.(type) {
		case *ast.Rule:
			if node != around { // an else
				failed = o.ownIn(node, known)
				return true
			}
		case *ast.Every:
			failed = o.own(node, known)
			return true
		case *ast.ArrayComprehension, *ast.SetComprehension, *ast.ObjectComprehension, *ast.Not:
			if node != around {
				failed = o.ownIn(node, known)
				return true
			}
		}
		return false
	})
	visitor.Walk(around)
	return failed
}

func (o *owner) own(every *ast.Every, known ast.VarSet) error {
	known = known.Copy()
	for _, term := range []*ast.Term{every.Key, every.Value} {
		if term != nil {
			known.Update(varsOf(term))
		}
	}
	inside, everywhere := countOf(every.Body), countOf(o.rule)
	names := map[ast.Var]ast.Var{}
	for name := range varsOf(every.Body).Diff(known).Diff(calledIn(every.Body)).Diff(declaredIn(every.Body)) {
		if !name.IsWildcard() && everywhere[name] > inside[name] {
			names[name] = o.fresh(name, everywhere)
		}
	}
	body, err := ast.TransformVars(every.Body, func(name ast.Var) (ast.Value, error) {
		if own, ok := names[name]; ok {
			return own, nil
		}
		return name, nil
	})
	if err != nil {
		return err
	}
	every.Body = body.(ast.Body)
	return o.ownIn(every.Body, known)
}

func (o *owner) fresh(name ast.Var, taken map[ast.Var]int) ast.Var {
	for {
		o.count++
		own := ast.Var(fmt.Sprintf("%s__%d", name, o.count))
		if taken[own] == 0 {
			return own
		}
	}
}

// varsOf gives the variables of a scope: not those of what has a scope of its own.
func varsOf(scope any) ast.VarSet {
	visitor := ast.NewVarVisitor().WithParams(ast.VarVisitorParams{SkipClosures: true, SkipRefCallHead: true})
	switch scope := scope.(type) {
	case *ast.ArrayComprehension:
		visitor.Walk(scope.Term)
		visitor.Walk(scope.Body)
	case *ast.SetComprehension:
		visitor.Walk(scope.Term)
		visitor.Walk(scope.Body)
	case *ast.ObjectComprehension:
		visitor.Walk(scope.Key)
		visitor.Walk(scope.Value)
		visitor.Walk(scope.Body)
	case *ast.Not:
		visitor.Walk(scope.Body)
	case *ast.Rule:
		visitor.Walk(scope.Head)
		visitor.Walk(scope.Body)
	default:
		visitor.Walk(scope)
	}
	return visitor.Vars()
}

func calledIn(body ast.Body) ast.VarSet {
	called := ast.NewVarSet()
	ast.WalkExprs(body, func(expr *ast.Expr) bool {
		if terms, ok := expr.Terms.([]*ast.Term); ok {
			called.Update(headOf(terms[0]))
		}
		return false
	})
	ast.WalkTerms(body, func(term *ast.Term) bool {
		if call, ok := term.Value.(ast.Call); ok {
			called.Update(headOf(call[0]))
		}
		return false
	})
	return called
}

// declaredIn gives what `some` declares, which OPA's compiler gives names of their own to.
func declaredIn(body ast.Body) ast.VarSet {
	declared := ast.NewVarSet()
	ast.WalkExprs(body, func(expr *ast.Expr) bool {
		if some, ok := expr.Terms.(*ast.SomeDecl); ok {
			for _, symbol := range some.Symbols {
				declared.Update(varsOf(symbol))
			}
		}
		return false
	})
	return declared
}

func headOf(operator *ast.Term) ast.VarSet {
	if ref, ok := operator.Value.(ast.Ref); ok {
		if name, ok := ref[0].Value.(ast.Var); ok {
			return ast.NewVarSet(name)
		}
	}
	return ast.NewVarSet()
}

func countOf(scope any) map[ast.Var]int {
	count := map[ast.Var]int{}
	ast.WalkVars(scope, func(name ast.Var) bool {
		count[name]++
		return false
	})
	return count
}
