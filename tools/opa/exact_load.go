package main

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/bundle"
	"github.com/open-policy-agent/opa/v1/loader"
	"github.com/open-policy-agent/opa/v1/util"
)

// load reads what `opa build` would, and writes it plainly.
func load(paths []string, version ast.RegoVersion, capabilities *ast.Capabilities) (*bundle.Bundle, error) {
	files, err := loader.NewFileLoader().
		WithRegoVersion(version).
		WithProcessAnnotation(true).
		WithCapabilities(capabilities).
		Filtered(paths, isArchive)
	if err != nil {
		return nil, fmt.Errorf("load error: %w", err)
	}
	loaded := &bundle.Bundle{Data: files.Documents}
	loaded.SetRegoVersion(version)
	loaded.Manifest.Init()
	var parsed []*ast.Module
	for _, name := range util.KeysSorted(files.Modules) {
		module := files.Modules[name]
		parsed = append(parsed, module.Parsed)
		path := filepath.ToSlash(module.Name)
		loaded.Modules = append(loaded.Modules, bundle.ModuleFile{URL: path, Path: path, Parsed: module.Parsed, Raw: module.Raw})
	}
	return loaded, plain(parsed)
}

// plain writes each `with` and `every` as OPA's planner understands it.
func plain(modules []*ast.Module) error {
	for _, module := range modules {
		if err := plainWith(module); err != nil {
			return err
		}
	}
	return ownEvery(modules)
}

// plainWith writes `… with f as [v] with input as i` as `x := [v]; … with input as i with f as x`. OPA's planner takes what is
// replaced first for the input where a function comes first, and gives a rule that calls f the variable that stands for it, but
// not those within its value.
func plainWith(module *ast.Module) error {
	count := 0
	_, err := ast.Transform(ast.NewGenericTransformer(func(node any) (any, error) {
		body, ok := node.(ast.Body)
		if !ok {
			return node, nil
		}
		var written ast.Body
		for _, expr := range body {
			slices.SortStableFunc(expr.With, func(a, b *ast.With) int { return cmp.Compare(rank(a), rank(b)) })
			for _, with := range expr.With {
				if rank(with) == 0 || !holdsVariables(with.Value.Value) {
					continue
				}
				name := ast.VarTerm(fmt.Sprintf("__writ%d__", count)).SetLocation(with.Value.Location)
				count++
				written.Append(ast.Assign.Expr(name, with.Value).SetLocation(with.Value.Location))
				with.Value = name
			}
			written.Append(expr)
		}
		return written, nil
	}), module)
	return err
}

// rank puts the input first, then data, then what may be a function, then builtins.
func rank(with *ast.With) int {
	ref, ok := with.Target.Value.(ast.Ref)
	switch {
	case ast.BuiltinMap[with.Target.String()] != nil:
		return 3
	case ok && ref[0].Equal(ast.InputRootDocument):
		return 0
	case ok && ref[0].Equal(ast.DefaultRootDocument):
		return 1
	}
	return 2
}

func holdsVariables(value ast.Value) bool {
	switch value.(type) {
	case *ast.Array, ast.Object, ast.Set:
		return !ast.IsConstant(value)
	}
	return false
}
