//go:build !wasip1

package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/ir"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/test/cases"
	"github.com/open-policy-agent/opa/v1/types"
	"github.com/spf13/cobra"

	"writ/tools/opa/exact"
)

// line is one case. What it wants is exactly one of Defined, Result and Error.
type line struct {
	Area    string  `json:"area"`
	Note    string  `json:"note"`
	Wasm    []byte  `json:"wasm"`
	Data    string  `json:"data"`
	Input   *string `json:"input"`
	Defined *bool   `json:"defined"`
	Result  *string `json:"result"`
	Error   *string `json:"error"`
	// Whether a list of the result stands for a set.
	Sorted bool `json:"sorted"`
	// Whether the error is one only where an error of a builtin is.
	Strict bool `json:"strict"`
	// Why it does not compile; then there is no module.
	Refused string `json:"refused"`
}

// judgeCommands are what only tests of Writ ask for, and only of the native twin.
func judgeCommands() []*cobra.Command {
	return []*cobra.Command{{
		Use: "exact-cases FOLDER VERSION EVERY",
		Short: "Compile OPA's own test cases, a line of JSON each: FOLDER holds those of the pinned module " +
			"(v1/test/cases/testdata), VERSION is v0 or v1, and every EVERYth is taken",
		Args: cobra.ExactArgs(3),
		RunE: func(_ *cobra.Command, args []string) error {
			every, err := strconv.Atoi(args[2])
			if err != nil || every < 1 {
				return fmt.Errorf("%s is no number of cases", args[2])
			}
			registerSleep()
			rego.RegisterPlugin(exactTarget, &planned)
			return writeCases(filepath.Join(args[0], args[1]), args[1], every)
		},
	}, judgeCommand(), whereCommand()}
}

// registerSleep declares a builtin that only OPA's tests have, so that what uses it compiles.
func registerSleep() {
	rego.RegisterBuiltin1(&rego.Function{
		Name: "test.sleep",
		Decl: types.NewFunction(types.Args(types.S), types.NewNull()),
	}, func(rego.BuiltinContext, *ast.Term) (*ast.Term, error) { return ast.NullTerm(), nil })
}

func writeCases(folder, version string, every int) error {
	out := bufio.NewWriterSize(os.Stdout, 1<<20)
	lines := json.NewEncoder(out)
	for index, test := range cases.MustLoad(folder).Sorted().Cases {
		if index%every != 0 {
			continue
		}
		made, err := lineOf(test, version)
		if err != nil {
			return fmt.Errorf("%s: %w", test.Note, err)
		}
		area := filepath.Base(filepath.Dir(test.Filename))
		made.Area, made.Note = version+"/"+area, version+"/"+test.Note
		if err := lines.Encode(made); err != nil {
			return err
		}
	}
	return out.Flush()
}

func lineOf(test cases.TestCase, version string) (line, error) {
	made := line{Sorted: test.SortBindings, Strict: test.StrictError, Data: "{}", Defined: test.WantDefined}
	compiled, err := compileCase(test, version)
	if err != nil {
		made.Refused = err.Error()
		return made, nil
	}
	made.Wasm = compiled
	if test.Data != nil {
		data, err := json.Marshal(*test.Data)
		if err != nil {
			return made, err
		}
		made.Data = string(data)
	}
	if made.Input, err = inputOf(test); err != nil {
		return made, err
	}
	switch {
	case test.WantDefined != nil:
	case test.WantResult != nil:
		made.Result, err = textOf(*test.WantResult)
	default:
		wanted := strings.Join([]string{valueOr(test.WantErrorCode), valueOr(test.WantError)}, " ")
		made.Error = &wanted
	}
	return made, err
}

func compileCase(test cases.TestCase, version string) ([]byte, error) {
	language := ast.RegoV1
	if version == "v0" {
		language = ast.RegoV0
	}
	keywords := ast.CapabilitiesExperimentalKeywords(test.ExperimentalKeywords)
	options := []func(*rego.Rego){
		rego.Query(test.Query),
		rego.Target(exactTarget),
		rego.SetRegoVersion(language),
		rego.Capabilities(ast.CapabilitiesForThisVersion(keywords)),
	}
	for index, module := range test.Modules {
		options = append(options, rego.Module(fmt.Sprintf("module-%d.rego", index), module))
	}
	if _, err := rego.New(options...).PrepareForEval(context.Background()); err != nil {
		return nil, err
	}
	return exact.Compile(planned.policy)
}

func inputOf(test cases.TestCase) (*string, error) {
	if test.InputTerm != nil {
		term, err := ast.ParseTerm(*test.InputTerm)
		if err != nil {
			return nil, err
		}
		text := term.String()
		return &text, nil
	}
	if test.Input == nil {
		return nil, nil
	}
	return textOf(*test.Input)
}

// textOf is JSON, which Rego's notation holds.
func textOf(value any) (*string, error) {
	bytes, err := json.Marshal(value)
	text := string(bytes)
	return &text, err
}

func valueOr(text *string) string {
	if text == nil {
		return ""
	}
	return *text
}

const exactTarget = "exact"

// planner is a target of OPA that keeps the plan that it is given to evaluate.
type planner struct{ policy *ir.Policy }

var planned planner

func (*planner) IsTarget(name string) bool { return name == exactTarget }

func (p *planner) PrepareForEval(_ context.Context, policy *ir.Policy, _ ...rego.PrepareOption) (rego.TargetPluginEval, error) {
	p.policy = policy
	return nil, nil
}
