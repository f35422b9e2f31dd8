package gallery

// narrative is the order in which the patterns are told, each in its part. A test holds it to the folders.
var narrative = []struct {
	title    string
	patterns []string
}{
	{"Architecture and user interface", []string{
		"reactive-observer", "reactive-signals", "reactive-vdom", "proxy-memory", "virtual-terminal", "vfs-explorer",
	}},
	{"Performance and workers", []string{
		"async-offloading", "worker-rpc", "worker-pool", "worker-heartbeat", "shared-memory", "webgpu-compute",
	}},
	{"Loading and persistence", []string{
		"bootstrapping", "worker-load-failure", "service-worker-caching", "idbfs-persistence",
	}},
	{"With others", []string{
		"pyscript-app", "react-integration", "jupyterlite-notebook",
	}},
	{"Deployment", []string{
		"cross-origin-isolation", "worker-from-blob", "deployment",
	}},
	{"Testing", []string{
		"unit-testing", "integration-testing", "end-to-end-testing", "console-capture", "test-suite-isolation",
	}},
	{"Recipes", []string{
		"recipe-callbacks", "recipe-into-a-worker", "recipe-shared-array", "recipe-from-0.27-to-314",
	}},
}
