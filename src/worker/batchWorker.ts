import { expose } from 'comlink';
import { type Cutting, cutting } from './cutting';

// The second worker of the Lab, started when first needed: cuts, so that the open picture and its result are left alone.

expose({
  cutting: (blob: Blob, wanted: Cutting) => cutting(blob, wanted),
});
