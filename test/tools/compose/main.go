// Loads a Compose file as Docker Compose does: by the specification's own schema, with its profiles, and with everything that
// one service says of another.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/compose-spec/compose-go/v2/cli"
)

func main() {
	options, err := cli.NewProjectOptions(os.Args[1:2], cli.WithProfiles([]string{"*"}), cli.WithResolvedPaths(true))
	if err == nil {
		_, err = options.LoadProject(context.Background())
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
