export { type NotificationData, type NotifiedAlert, notificationData } from './alertmanager/data.ts';
export {
  type AlertmanagerEnvironment,
  alertmanagerFunctions,
} from './alertmanager/functions.ts';
export type { MissingKey } from './evaluate/evaluator.ts';
export { DEFAULT_LIMITS, type Limits } from './limits.ts';
export { type PrometheusEnvironment, prometheusFunctions } from './prometheus/functions.ts';
export {
  checkRuleTemplate,
  expandRuleTemplate,
  type RuleData,
  type RuleEnvironment,
} from './prometheus/rule-template.ts';
export type { QueriedSample } from './prometheus/samples.ts';
export { CallError, LimitError, TemplateError, type TemplateFault } from './template-error.ts';
export { type TemplateOptions, TemplateSet } from './template-set.ts';
export { goDuration } from './time/duration.ts';
export { goTime } from './time/time.ts';
export { fromJson, type Json } from './values/from-json.ts';
export { type FunctionTable, GoFunction, type ParameterType, type Signature } from './values/function.ts';
export type { GoType } from './values/go-type.ts';
export { safeHtml, safeUrl } from './values/safe-text.ts';
export {
  GoMap,
  GoNamed,
  GoSlice,
  GoStruct,
  type GoValue,
  stringMap,
  stringSlice,
  struct,
} from './values/value.ts';
