// What the worker does with a decoded picture: most of its code. It loads while the first picture is decoded.

export { LocalStudio } from './studio';
export { warm } from './warm';
export { openWorkshop } from './workshop';
