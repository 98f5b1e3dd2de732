// Command opa is the whole `opa` command at the version that go.mod pins, and what Writ adds to it. It is built for wasip1, which Writ runs inside
// Node, and natively, as the judge of tests.
package main

import (
	"errors"
	"os"

	"github.com/open-policy-agent/opa/cmd"
)

func main() {
	root := cmd.Command(nil, "opa")
	root.AddCommand(exactBuildCommand())
	root.AddCommand(judgeCommands()...)
	os.Exit(exitCode(root.Execute()))
}

// exitCode keeps the code that a subcommand asks for: `opa test` and `opa fmt --fail` say by it what they found.
func exitCode(err error) int {
	if err == nil {
		return 0
	}
	if exit, ok := errors.AsType[*cmd.ExitError](err); ok {
		return exit.Exit
	}
	return 1
}
