// Command judge says what Go's own transparency log, golang.org/x/mod/sumdb, makes of Writ's.
//
//	judge vectors    prints trees, proofs and notes as JSON
//	judge check      reads claims from stdin, one JSON object a line, and prints true or false for each
package main

import (
	"bufio"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"strings"

	cosignature "github.com/transparency-dev/formats/note"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func main() {
	log.SetFlags(0)
	switch strings.Join(os.Args[1:], " ") {
	case "vectors":
		printVectors()
	case "check":
		checkClaims()
	default:
		log.Fatal("usage: judge vectors | judge check")
	}
}

type tree struct{ hashes []tlog.Hash }

func (t *tree) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	found := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		found[i] = t.hashes[index]
	}
	return found, nil
}

func leaf(n int64) []byte { return fmt.Appendf(nil, "leaf %d", n) }

func treeOf(size int64) *tree {
	t := &tree{}
	for n := range size {
		t.hashes = append(t.hashes, must(tlog.StoredHashes(n, leaf(n), t))...)
	}
	return t
}

type inclusion struct {
	Size  int64       `json:"size"`
	Index int64       `json:"index"`
	Proof []tlog.Hash `json:"proof"`
}

type consistency struct {
	Earlier int64       `json:"earlier"`
	Size    int64       `json:"size"`
	Proof   []tlog.Hash `json:"proof"`
}

func printVectors() {
	t := treeOf(70000)
	sizes := []int64{0, 1, 2, 3, 5, 6, 7, 8, 255, 256, 257, 65535, 65536, 70000}
	roots := map[string]tlog.Hash{}
	inclusions, consistencies := []inclusion{}, []consistency{}
	for _, size := range sizes {
		if size == 0 {
			continue // Go has no root for an empty tree
		}
		roots[fmt.Sprint(size)] = must(tlog.TreeHash(size, t))
		for _, index := range sizes {
			if index < size {
				inclusions = append(inclusions, inclusion{size, index, must(tlog.ProveRecord(size, index, t))})
			}
			if index > 0 && index <= size {
				consistencies = append(consistencies, consistency{index, size, must(tlog.ProveTree(size, index, t))})
			}
		}
	}
	print(map[string]any{
		"roots": roots, "inclusions": inclusions, "consistencies": consistencies, "paths": paths(), "notes": notes(),
	})
}

func paths() map[string][3]int64 {
	found := map[string][3]int64{}
	for _, tile := range []tlog.Tile{
		{H: 8, L: 0, N: 0, W: 1}, {H: 8, L: 0, N: 0, W: 256}, {H: 8, L: 1, N: 273, W: 112}, {H: 8, L: 2, N: 999, W: 255},
		{H: 8, L: 0, N: 1000, W: 256}, {H: 8, L: 0, N: 1234067, W: 256}, {H: 8, L: 3, N: 999999, W: 7}, {H: 8, L: 7, N: 1000000000, W: 256},
	} {
		found[strings.Replace(tile.Path(), "tile/8/", "tile/", 1)] = [3]int64{int64(tile.L), tile.N, int64(tile.W)}
	}
	return found
}

// notes are made with a key whose seed is 1, 2, … 32: the same each time.
func notes() []map[string]string {
	seed := make([]byte, ed25519.SeedSize)
	for i := range seed {
		seed[i] = byte(i + 1)
	}
	made := []map[string]string{}
	for _, name := range []string{"example.com/log", "größe"} {
		vkey := must(note.NewEd25519VerifierKey(name, ed25519.NewKeyFromSeed(seed).Public().(ed25519.PublicKey)))
		id := strings.Split(vkey, "+")[1]
		skey := fmt.Sprintf("PRIVATE+KEY+%s+%s+%s", name, id, base64.StdEncoding.EncodeToString(append([]byte{1}, seed...)))
		for _, text := range []string{"one line\n", "a\n\nb ü\n", "example.com/log\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"} {
			signer := must(note.NewSigner(skey))
			signed := must(note.Sign(&note.Note{Text: text}, signer))
			made = append(made, map[string]string{"vkey": vkey, "skey": skey, "text": text, "note": string(signed)})
		}
	}
	return made
}

type claim struct {
	Kind                string
	Size, Earlier       int64
	Root, EarlierRoot   tlog.Hash
	Index               int64
	Leaf                tlog.Hash
	Proof               []tlog.Hash
	Note, Vkey, Witness string
}

func checkClaims() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var c claim
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			log.Fatalf("a claim is not JSON: %v", err)
		}
		fmt.Println(holds(c) == nil)
	}
}

func holds(c claim) error {
	switch c.Kind {
	case "inclusion":
		return tlog.CheckRecord(c.Proof, c.Size, c.Root, c.Index, c.Leaf)
	case "consistency":
		return tlog.CheckTree(c.Proof, c.Size, c.Root, c.Earlier, c.EarlierRoot)
	case "note":
		verifier, err := note.NewVerifier(c.Vkey)
		if err != nil {
			return err
		}
		_, err = note.Open([]byte(c.Note), note.VerifierList(verifier))
		return err
	case "cosignature":
		verifier, err := cosignature.NewVerifierForCosignatureV1(c.Witness)
		if err != nil {
			return err
		}
		_, err = note.Open([]byte(c.Note), note.VerifierList(verifier))
		return err
	}
	return fmt.Errorf("no claim of kind %q is known", c.Kind)
}

func print(value any) {
	fmt.Println(string(must(json.Marshal(value))))
}

func must[T any](value T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return value
}
