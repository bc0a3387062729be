export { DisplayControls, type DisplayControlsProps, InputRangeControl, type InputRangeControlProps } from './DisplayControls';
export { Legend, type LegendProps } from './Legend';
export { focusOpSearch, OpList, OpPicker, type OpPickerProps, slashToSearch } from './OpPicker';
export { SizeLine, type SizeLineProps } from './SizeLine';
export { StepControl, StepControls, type StepControlsProps, type StepFix, type StepProblem } from './StepControls';
