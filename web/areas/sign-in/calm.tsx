import { useEffect, type ReactNode } from 'react';
import { districtName } from './district.ts';

/** The quiet sheet on which one signs in, with the district's name. */
export function Calm({ title, district, children }: { title: string; district?: string; children: ReactNode }) {
  const name = district ?? districtName();
  useEffect(() => {
    document.title = `${title} · 保学`;
  }, [title]);
  return (
    <main className="calm">
      <div className="calm-sheet">
        <p className="calm-district">{name ?? '保学'}</p>
        <p className="calm-product">{name === null ? '' : '保学 · '}义务教育控辍保学工作平台</p>
        <h1>{title}</h1>
        {children}
      </div>
      <p className="calm-foot">仅供本区教育行政部门、学校与街道社区工作人员使用。所有操作留痕可查。</p>
    </main>
  );
}
