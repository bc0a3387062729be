// Where onnxruntime computes something else than torch on purpose: by name, with the reason. `exceptions.test.ts` shows that each is real.

export const exceptions: Readonly<Record<string, string>> = {
  'convTranspose2d output padding': 'torch wants it below stride or dilation, onnxruntime below the stride',
  'maxPool2d padding alone': 'a window on padding alone is −∞ in torch, and the lowest float32 in onnxruntime',
  'lpPool2d overhang': 'torch scales the mean of a window that hangs over by the whole kernel, onnxruntime sums what is there',
  'lpPool2d signs': 'torch takes no absolute values before an odd power, ONNX does',
  'interpolate one column': 'torch 2.13 reads one set of taps for a whole line of an antialiased result that is one column wide',
  'interpolate kept length': 'torch copies an axis that keeps its length, onnxruntime shifts it by the broken scale',
  'interpolate kept picture':
    'onnxruntime copies a picture that keeps all its lengths, bicubic of torch shifts it by the broken scale',
  'pixelUnshuffle order of channels': 'ONNX puts the block before the channel, torch the channel before the block',
  'localResponseNorm even size':
    'torch takes the extra neighbour before the channel, ONNX after it; onnxruntime refuses even sizes',
};
