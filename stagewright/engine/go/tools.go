//go:build tools

// Package tools pins the Pulumi engine that is built if the official CLI cannot be downloaded.
package tools

import _ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
