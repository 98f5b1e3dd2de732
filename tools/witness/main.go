// Command witness is a witness of transparency logs by the people of transparency-dev, as far as tests need one: it keeps what it
// saw in memory, and speaks C2SP tlog-witness.
//
//	witness <signer key> <address> <vkey of a log>...
//
// It prints the address that it listens at.
package main

import (
	"context"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"

	f_note "github.com/transparency-dev/formats/note"
	"github.com/transparency-dev/witness/persistence/inmemory"
	"github.com/transparency-dev/witness/witness"
	"golang.org/x/mod/sumdb/note"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) < 4 {
		log.Fatal("usage: witness <signer key> <address> <vkey of a log>...")
	}
	signer, err := f_note.NewSignerForCosignatureV1(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	logs := map[string]note.Verifier{}
	for _, vkey := range os.Args[3:] {
		verifier, err := note.NewVerifier(vkey)
		if err != nil {
			log.Fatal(err)
		}
		logs[verifier.Name()] = verifier
	}
	seen, err := witness.New(context.Background(), witness.Opts{
		Persistence: inmemory.New(),
		Signers:     []note.Signer{signer},
		VerifierForLog: func(_ context.Context, origin string) (note.Verifier, bool, error) {
			verifier, ok := logs[origin]
			return verifier, ok, nil
		},
	})
	if err != nil {
		log.Fatal(err)
	}
	listener, err := net.Listen("tcp", os.Args[2])
	if err != nil {
		log.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /add-checkpoint", witness.NewHTTPHandler(seen).AddCheckpoint)
	fmt.Println("http://" + listener.Addr().String())
	log.Fatal(http.Serve(listener, mux))
}
