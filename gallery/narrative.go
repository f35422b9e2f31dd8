package gallery

// narrative is the order in which the patterns are told, each in its part. A test holds it to the folders.
var narrative = []struct {
	title    string
	patterns []string
}{
	{"Architecture and user interface", []string{
		"reactive-observer", "reactive-signals", "reactive-vdom", "console-capture", "test-suite-isolation",
	}},
	{"Performance and workers", []string{
		"async-offloading", "worker-rpc", "worker-pool", "shared-memory", "webgpu-compute",
	}},
	{"Loading and persistence", []string{
		"bootstrapping", "worker-load-failure", "service-worker-caching", "idbfs-persistence",
	}},
}
