// The colours of the counts, by the GPU. It has memory of its own: the counts are copied to it, and the pixels back.

const SHADER = `
struct Seen { most: atomic<u32>, lit: atomic<u32> }
@group(0) @binding(0) var<storage, read> counts: array<u32>;
@group(0) @binding(1) var<storage, read_write> seen: Seen;
@group(0) @binding(2) var<storage, read_write> pixels: array<u32>;

@compute @workgroup_size(64) fn look(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= arrayLength(&counts)) { return; }
  atomicMax(&seen.most, counts[id.x]);
  if (counts[id.x] > 0) { atomicAdd(&seen.lit, 1); }
}

@compute @workgroup_size(64) fn colour(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= arrayLength(&counts)) { return; }
  let heat = log(1 + f32(counts[id.x])) / log(1 + f32(max(1, atomicLoad(&seen.most))));
  pixels[id.x] = pack4x8unorm(vec4f(sqrt(heat), pow(heat, 2), pow(heat, 4), 1));
}`;
const GROUP = 64;

/**
 * A GPU that colours so many cells; none, if the browser has none.
 *
 * @param {number} cells
 */
export async function startGpu(cells) {
  const { GPUBufferUsage: usage, GPUMapMode: mode, navigator } = /** @type {any} */ (globalThis);
  const adapter = await navigator.gpu?.requestAdapter();
  if (!adapter) return undefined;
  const device = await adapter.requestDevice();
  const module = device.createShaderModule({ code: SHADER });
  const size = 4 * cells;
  const counts = device.createBuffer({ size, usage: usage.STORAGE | usage.COPY_DST });
  const seen = device.createBuffer({ size: 8, usage: usage.STORAGE | usage.COPY_SRC | usage.COPY_DST });
  const pixels = device.createBuffer({ size, usage: usage.STORAGE | usage.COPY_SRC });
  const readable = device.createBuffer({ size: size + 8, usage: usage.MAP_READ | usage.COPY_DST });
  const entries = [counts, seen, pixels].map((buffer, binding) => ({ binding, resource: { buffer } }));
  const layout = device.createBindGroupLayout({
    entries: ["read-only-storage", "storage", "storage"].map((type, binding) => ({
      binding,
      visibility: 4, // GPUShaderStage.COMPUTE
      buffer: { type },
    })),
  });
  const group = device.createBindGroup({ layout, entries });
  const shared = device.createPipelineLayout({ bindGroupLayouts: [layout] });
  const pipelines = ["look", "colour"].map((entryPoint) =>
    device.createComputePipeline({ layout: shared, compute: { module, entryPoint } }),
  );

  return {
    /**
     * Takes a copy of the counts, which may be shared memory. It is made before this returns.
     *
     * @param {Int32Array} from
     */
    upload(from) {
      device.queue.writeBuffer(counts, 0, from);
    },

    /** Colours what was uploaded last, and waits until it can be read. */
    async colour() {
      const commands = device.createCommandEncoder();
      commands.clearBuffer(seen);
      const pass = commands.beginComputePass();
      pass.setBindGroup(0, group);
      for (const pipeline of pipelines) {
        pass.setPipeline(pipeline);
        pass.dispatchWorkgroups(Math.ceil(cells / GROUP));
      }
      pass.end();
      commands.copyBufferToBuffer(pixels, 0, readable, 0, size);
      commands.copyBufferToBuffer(seen, 0, readable, size, 8);
      device.queue.submit([commands.finish()]);
      await readable.mapAsync(mode.READ);
    },

    /**
     * Copies the picture, and says how many cells are lit.
     *
     * @param {Uint8ClampedArray} to
     */
    download(to) {
      const mapped = readable.getMappedRange();
      to.set(new Uint8ClampedArray(mapped, 0, size));
      const [, lit] = new Uint32Array(mapped, size);
      readable.unmap();
      return lit;
    },
  };
}
