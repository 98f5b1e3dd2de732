// Command opa-bench answers as OPA's own engine does inside a Go program that prepares its query once, and says what that
// cost: the peer of the benches. Usage: opa-bench POLICY.rego DATA.json QUERY.
//
// It reads lines "COUNT PATH" and, for each, evaluates the bytes of that input COUNT times, from JSON to JSON. It answers
// one line of JSON: the CPU nanoseconds of the whole process, collector included, and the last result.
package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"syscall"

	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"github.com/open-policy-agent/opa/v1/util"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 4 {
		log.Fatal("usage: opa-bench POLICY.rego DATA.json QUERY")
	}
	query, err := prepare(os.Args[1], os.Args[2], os.Args[3])
	if err != nil {
		log.Fatal(err)
	}
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		if err := answer(query, lines.Text()); err != nil {
			log.Fatal(err)
		}
	}
}

func prepare(policy, data, query string) (rego.PreparedEvalQuery, error) {
	var none rego.PreparedEvalQuery
	source, err := os.ReadFile(policy)
	if err != nil {
		return none, err
	}
	document, err := os.ReadFile(data)
	if err != nil {
		return none, err
	}
	var root map[string]any
	if err := util.UnmarshalJSON(document, &root); err != nil {
		return none, err
	}
	return rego.New(
		rego.Query(query),
		rego.Module(policy, string(source)),
		rego.Store(inmem.NewFromObjectWithOpts(root, inmem.OptReturnASTValuesOnRead(true))),
	).PrepareForEval(context.Background())
}

func answer(query rego.PreparedEvalQuery, line string) error {
	var count int
	var path string
	if _, err := fmt.Sscan(line, &count, &path); err != nil {
		return fmt.Errorf("%q is not COUNT PATH: %w", line, err)
	}
	input, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var result []byte
	before := spent()
	for range count {
		if result, err = evaluate(query, input); err != nil {
			return err
		}
	}
	fmt.Printf("{\"nanoseconds\":%d,\"result\":%s}\n", spent()-before, result)
	return nil
}

func evaluate(query rego.PreparedEvalQuery, input []byte) ([]byte, error) {
	var document any
	if err := util.NewJSONDecoder(bytes.NewReader(input)).Decode(&document); err != nil {
		return nil, err
	}
	results, err := query.Eval(context.Background(), rego.EvalInput(document))
	if err != nil {
		return nil, err
	}
	if len(results) == 0 {
		return []byte("null"), nil
	}
	return json.Marshal(results[0].Expressions[0].Value)
}

func spent() int64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		log.Fatal(err)
	}
	return usage.Utime.Nano() + usage.Stime.Nano()
}
