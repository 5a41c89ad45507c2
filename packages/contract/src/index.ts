/**
 * The schemas of Vigie's native API (`/api/vigie`): each gives a validation, a type and its part of the
 * OpenAPI document.
 */
export * from './account.ts';
export * from './alert.ts';
export * from './audit.ts';
export * from './badge.ts';
export * from './bulk.ts';
export * from './channel.ts';
export * from './check.ts';
export * from './common.ts';
export * from './config.ts';
export * from './delivery.ts';
export * from './drill.ts';
export * from './error.ts';
export * from './event.ts';
export * from './flip.ts';
export * from './incident.ts';
export * from './key.ts';
export * from './matcher.ts';
export * from './member.ts';
export * from './openapi.ts';
export * from './passkey.ts';
export * from './password-reset.ts';
export * from './ping.ts';
export * from './policies.ts';
export * from './posted-alert.ts';
export * from './project.ts';
export * from './report.ts';
export * from './rollup.ts';
export * from './run.ts';
export * from './schedule.ts';
export * from './second-factor.ts';
export * from './server.ts';
export * from './service.ts';
export * from './session.ts';
export * from './silence.ts';
export * from './summary.ts';
export * from './timeline.ts';
export * from './user.ts';
export * from './vocabulary.ts';
export * from './window.ts';
