import type { Command } from 'commander';
import { Failure } from '#domain/basics/failure.ts';
import { isRole } from '#domain/basics/roles.ts';
import { roleUnit, roleWords } from '#domain/basics/roles.ts';
import { districtOption, jsonOption, print, requireDistrict, withPlatform } from './command.ts';

interface AccountOptions {
  district: string;
  login: string;
  name: string;
  role: string;
  unit?: string;
  password?: string;
  json: boolean;
}

function createAccount(options: AccountOptions): Promise<void> {
  return withPlatform(async (platform) => {
    await requireDistrict(platform, options.district);
    const [{ findClassUnit }, { createStaffWithAccount }] = await Promise.all([
      import('#server/areas/organisations/actions.ts'),
      import('#server/areas/security/actions.ts'),
    ]);
    if (!isRole(options.role)) throw new Failure('input-wrong', `没有“${options.role}”这种岗位。`);
    const unitId = await findClassUnit(
      platform,
      options.district,
      roleUnit[options.role],
      options.unit ?? options.district,
    );
    const made = await createStaffWithAccount(platform, {
      district: options.district,
      name: options.name,
      login: options.login,
      ...(options.password ? { password: options.password } : {}),
      posts: [{ role: options.role, unitId }],
      mustChange: true,
    });
    print(
      options.json,
      { login: options.login, ...made },
      `已建立账号 ${options.login}（${roleWords[options.role]}）。${options.password ? '' : `初始密码：${made.password}，`}首次登录须修改。`,
    );
  });
}

/** Adds `district create` and `account create`. */
export function addDistricts(program: Command): void {
  program
    .command('district')
    .description('区')
    .command('create <code>')
    .description('建立一个区，连同街道与社区')
    .addOption(jsonOption())
    .action((code: string, options: { json: boolean }) =>
      withPlatform(async (platform) => {
        const { createDistrict } = await import('#server/areas/organisations/actions.ts');
        const made = await createDistrict(platform, code);
        print(
          options.json,
          made,
          `已建立 ${made.name}（${made.code}）：${String(made.subdistricts)} 个街道，${String(made.communities)} 个社区。`,
        );
      }),
    );

  const roleList = Object.entries(roleWords)
    .map(([role, words]) => `${role} ${words}`)
    .join('、');
  program
    .command('account')
    .description('账号')
    .command('create')
    .description('建立人员、岗位与账号（第一个管理员用它）')
    .addOption(districtOption())
    .requiredOption('--login <login>', '登录名')
    .requiredOption('--name <name>', '姓名')
    .requiredOption('--role <role>', `岗位：${roleList}`)
    .option('--unit <id>', '单位：学校标识码、班级（学校标识码-班号）、街道或社区代码；区级岗位不填')
    .option('--password <password>', '初始密码（不填则生成）')
    .addOption(jsonOption())
    .action(createAccount);
}
