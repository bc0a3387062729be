// What stands beside the pictures: not needed before there is one.

export { Chain } from '../ui/chain/Chain';
export { FeatureMaps } from '../ui/maps/FeatureMaps';
export { Drawer } from './Drawer';
export { Facts } from './Facts';
