package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/bundle"
	"github.com/open-policy-agent/opa/v1/compile"
	"github.com/spf13/cobra"

	"writ/tools/opa/exact"
)

type exactOptions struct {
	entrypoints  []string
	output       string
	capabilities string
	pruneUnused  bool
	v0Compatible bool
}

// exactBuildCommand is `opa build -t wasm` with the flags that Writ uses, but for what the module means: that is package exact.
func exactBuildCommand() *cobra.Command {
	var options exactOptions
	command := &cobra.Command{
		Use:           "build-exact PATH…",
		Short:         "Build a bundle whose WebAssembly means what the policies mean to OPA",
		Args:          cobra.MinimumNArgs(1),
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE: func(_ *cobra.Command, paths []string) error {
			err := buildExact(options, paths)
			if err != nil {
				fmt.Println("error:", err)
			}
			return err
		},
	}
	flags := command.Flags()
	flags.StringArrayVarP(&options.entrypoints, "entrypoint", "e", nil, "slash separated path of an entrypoint")
	flags.StringVarP(&options.output, "output", "o", "bundle.tar.gz", "the bundle to write")
	flags.StringVar(&options.capabilities, "capabilities", "", "a file with what the policies may use")
	flags.BoolVar(&options.pruneUnused, "prune-unused", false, "leave out what depends on entrypoints")
	flags.BoolVar(&options.v0Compatible, "v0-compatible", false, "the policies are of before OPA 1.0")
	return command
}

func buildExact(options exactOptions, paths []string) error {
	version := ast.RegoV1
	if options.v0Compatible {
		version = ast.RegoV0
	}
	capabilities, err := capabilitiesOf(options.capabilities, version)
	if err != nil {
		return err
	}
	loaded, err := load(paths, version, capabilities)
	if err != nil {
		return err
	}
	compiler := compile.New().
		WithRegoVersion(version).
		WithCapabilities(capabilities).
		WithPruneUnused(options.pruneUnused).
		WithEntrypoints(options.entrypoints...).
		WithRegoAnnotationEntrypoints(true).
		WithBundle(loaded)
	policy, err := exact.Plan(compiler)
	if err != nil {
		return err
	}
	module, err := exact.Compile(policy)
	if err != nil {
		return err
	}
	return writeBundle(*compiler.Bundle(), module, options.output)
}

func capabilitiesOf(path string, version ast.RegoVersion) (*ast.Capabilities, error) {
	if path == "" {
		return ast.CapabilitiesForThisVersion(ast.CapabilitiesRegoVersion(version)), nil
	}
	return ast.LoadCapabilitiesFile(path)
}

// isArchive keeps bundles that lie beside policies out, as `opa build` does.
func isArchive(path string, info fs.FileInfo, _ int) bool {
	return !info.IsDir() && strings.HasSuffix(path, ".tar.gz")
}

func writeBundle(built bundle.Bundle, module []byte, output string) (err error) {
	built.PlanModules = nil
	built.SetManifestProto(false) // the manifest is JSON, as in every other bundle
	built.WasmModules = []bundle.WasmModuleFile{{URL: bundle.WasmFile, Path: bundle.WasmFile, Raw: module}}
	file, err := os.Create(output)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	return bundle.NewWriter(file).Write(built)
}
