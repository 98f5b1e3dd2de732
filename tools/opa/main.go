// Command opa is the whole `opa` command, pinned by go.mod, for wasip1 (the product) and natively (the oracle of tests).
package main

import (
	"os"

	"github.com/open-policy-agent/opa/cmd"
)

func main() {
	if err := cmd.Command(nil, "opa").Execute(); err != nil {
		os.Exit(1)
	}
}
