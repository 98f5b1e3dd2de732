//go:build !wasip1

package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/bundle"
	"github.com/open-policy-agent/opa/v1/compile"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/spf13/cobra"

	"writ/tools/opa/exact"
)

// asked are policies, each with its inputs. Policy N is the package pN, and its answer is the rule r.
type asked struct {
	Policies []string   `json:"policies"`
	Inputs   [][]string `json:"inputs"`
}

// judged are all of them in one module, and what OPA's evaluator makes of each.
type judged struct {
	Wasm     []byte    `json:"wasm"`
	Verdicts []verdict `json:"verdicts"`
}

// verdict is one answer for each input, or why there is none.
type verdict struct {
	Refused string   `json:"refused,omitempty"`
	Answers []answer `json:"answers"`

	parsed *ast.Module
}

// answer is JSON, or an error, or neither where it is undefined.
type answer struct {
	Error  string  `json:"error,omitempty"`
	Result *string `json:"result"`
}

func judgeCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "exact-judge",
		Short: "Compile and evaluate policies, for tests: lines of {policies, inputs} in, lines of {wasm, verdicts} out",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			lines, answers := json.NewDecoder(bufio.NewReader(os.Stdin)), json.NewEncoder(os.Stdout)
			for {
				var line asked
				if err := lines.Decode(&line); err == io.EOF {
					return nil
				} else if err != nil {
					return err
				}
				given, err := judge(line)
				if err != nil {
					return err
				}
				if err := answers.Encode(given); err != nil {
					return err
				}
			}
		},
	}
}

func whereCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "exact-builtins",
		Short: "Say of each builtin whether a module, its host or both answer it, as JSON",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			where := map[string]string{}
			for _, builtin := range ast.Builtins {
				where[builtin.Name] = exact.Where(builtin.Name)
			}
			return json.NewEncoder(os.Stdout).Encode(where)
		},
	}
}

func judge(line asked) (judged, error) {
	var given judged
	for index, text := range line.Policies {
		given.Verdicts = append(given.Verdicts, verdictOf(nameOf(index), text, line.Inputs[index]))
	}
	var err error
	given.Wasm, err = moduleOf(given.Verdicts, 0, len(line.Policies))
	if err != nil {
		refuseUnplannable(given.Verdicts, 0, len(line.Policies))
		given.Wasm, err = moduleOf(given.Verdicts, 0, len(line.Policies))
	}
	return given, err
}

// refuseUnplannable finds the few policies that OPA evaluates and does not plan, by halves.
func refuseUnplannable(verdicts []verdict, from, to int) {
	_, err := moduleOf(verdicts, from, to)
	if err != nil && to-from == 1 {
		verdicts[from].Refused = err.Error()
	} else if err != nil {
		middle := (from + to) / 2
		refuseUnplannable(verdicts, from, middle)
		refuseUnplannable(verdicts, middle, to)
	}
}

func nameOf(index int) string { return fmt.Sprintf("p%d", index) }

// moduleOf compiles what is not refused of a part; nothing where all of it is.
func moduleOf(verdicts []verdict, from, to int) ([]byte, error) {
	built := bundle.Bundle{Data: map[string]any{}}
	var entrypoints []string
	for index := from; index < to; index++ {
		if verdicts[index].Refused != "" {
			continue
		}
		path := nameOf(index) + ".rego"
		module := verdicts[index].parsed.Copy()
		if err := plain([]*ast.Module{module}); err != nil {
			return nil, err
		}
		built.Modules = append(built.Modules, bundle.ModuleFile{URL: path, Path: path, Parsed: module})
		entrypoints = append(entrypoints, nameOf(index)+"/r")
	}
	if len(entrypoints) == 0 {
		return nil, nil
	}
	policy, err := exact.Plan(compile.New().WithPruneUnused(true).WithBundle(&built).WithEntrypoints(entrypoints...))
	if err != nil {
		return nil, err
	}
	return exact.Compile(policy)
}

// longest is what a policy may take before it is left out: some make lists of lists of lists.
const longest = 10 * time.Second

func verdictOf(name, text string, inputs []string) (given verdict) {
	defer func() {
		if panicked := recover(); panicked != nil { // OPA 1.22.2 does, where a walk meets what it has no path for
			given = verdict{Refused: fmt.Sprint("OPA panics: ", panicked)}
		}
	}()
	parsed, err := ast.ParseModule(name+".rego", text)
	if err != nil {
		return verdict{Refused: err.Error()}
	}
	query, err := rego.New(rego.Query("x = data."+name+".r"), rego.ParsedModule(parsed)).PrepareForEval(context.Background())
	if err != nil {
		return verdict{Refused: err.Error()}
	}
	given.parsed = parsed
	for _, input := range inputs {
		answered, refused := evaluate(query, input)
		if refused != "" {
			return verdict{Refused: refused}
		}
		given.Answers = append(given.Answers, answered)
	}
	return given
}

func evaluate(query rego.PreparedEvalQuery, input string) (given answer, refused string) {
	document, err := ast.ParseTerm(input)
	if err != nil {
		return answer{}, err.Error()
	}
	limited, cancel := context.WithTimeout(context.Background(), longest)
	defer cancel()
	results, err := query.Eval(limited, rego.EvalParsedInput(document.Value))
	if limited.Err() != nil {
		return answer{}, "it takes too long"
	}
	if err != nil {
		return answer{Error: err.Error()}, ""
	}
	if len(results) == 0 {
		return answer{}, ""
	}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(results[0].Bindings["x"]); err != nil {
		return answer{Error: err.Error()}, ""
	}
	result := string(bytes.TrimSuffix(out.Bytes(), []byte("\n")))
	return answer{Result: &result}, ""
}
