/** Servers that are jars, from Maven Central. */
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isInstalled, runProgram } from '../program.ts';

/** `group:artifact:version`, and `:zip` where it is no jar. */
export type Artifact = `${string}:${string}:${string}`;

/**
 * Fetches artifacts with all that they need into a folder, unless it is there; what is in a zip lies beside the jars.
 * @returns why they cannot be had; null = they are there.
 */
export async function fetchJars(into: string, ...artifacts: readonly Artifact[]): Promise<string | null> {
  if (existsSync(into)) return null;
  const zips = artifacts.filter((artifact) => artifact.endsWith(':zip'));
  for (const program of ['java', 'mvn', ...(zips.length === 0 ? [] : ['jar'])])
    if (!isInstalled(program)) return `${program} is not installed`;
  const folder = `${into}.${process.pid}`;
  const lib = join(folder, 'lib');
  mkdirSync(lib, { recursive: true });
  writeFileSync(join(folder, 'pom.xml'), projectOf(artifacts));
  const maven = ['mvn', '-q', '-B', 'dependency:copy-dependencies', '-DoutputDirectory=lib'];
  const ended = [await runProgram(maven, { cwd: folder })];
  for (const zip of zips) {
    const [, artifact, version] = zip.split(':');
    ended.push(await runProgram(['jar', '-xf', `${artifact}-${version}.zip`], { cwd: lib }));
  }
  const failed = ended.find(({ code }) => code !== 0);
  if (failed === undefined) renameSync(lib, into);
  rmSync(folder, { recursive: true, force: true });
  return failed === undefined ? null : `Maven Central does not give it: ${failed.output.slice(-300)}`;
}

function projectOf(artifacts: readonly Artifact[]): string {
  const dependencies = artifacts.map((artifact) => {
    const [group, name, version, type = 'jar'] = artifact.split(':');
    return `<dependency><groupId>${group}</groupId><artifactId>${name}</artifactId><version>${version}</version><type>${type}</type></dependency>`;
  });
  return `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>vigie</groupId><artifactId>peer</artifactId><version>1</version>
<dependencies>${dependencies.join('\n')}</dependencies></project>`;
}
