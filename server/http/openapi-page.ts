import type { Endpoint } from '#contract/endpoint.ts';

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

const areaWords: Record<string, string> = {
  security: '登录、账号与审计',
  organisations: '机构与人员',
  population: '适龄人口',
  enrolment: '学籍',
  imports: '名单导入',
  comparison: '数据比对',
  statistics: '统计',
};

/** A readable page of the contract, without scripts; the full shapes stand in /api/openapi.json. */
export function openApiPage(endpoints: readonly Endpoint[]): string {
  const areas = Map.groupBy(endpoints, (endpoint) => endpoint.name.split('.')[0] ?? '');
  const sections = [...areas].map(([area, list]) => {
    const rows = list.map(
      (endpoint) =>
        `<tr><td>${endpoint.method}</td><td><code>${escape(endpoint.path)}</code></td><td>${escape(endpoint.summary)}</td><td>${escape(endpoint.permission ?? '无须登录')}</td><td>${endpoint.audit ? '留痕' : ''}</td></tr>`,
    );
    return `<h2>${escape(areaWords[area] ?? area)}</h2><table><thead><tr><th>方法</th><th>地址</th><th>用途</th><th>权限</th><th>审计</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
  });
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>保学平台接口</title></head><body><h1>保学平台接口</h1>
<p>完整说明：<a href="/api/openapi.json">/api/openapi.json</a>（OpenAPI 3.1）。其他系统以“接口令牌”访问：请求头 <code>Authorization: Bearer 令牌</code>；写入另带 <code>x-request-id</code>（UUID，重发同一编号得到第一次的答复）。失败以 problem+json 返回，<code>code</code> 为封闭清单，<code>title</code> 说明原因与办法。</p>${sections.join('')}</body></html>`;
}
