import zh from 'antd/es/locale/zh_CN.js';
import type { Locale } from 'antd/es/locale/index.js';
import 'dayjs/locale/zh-cn.js';
import dayjs from 'dayjs';

dayjs.locale('zh-cn');

/** Chinese words of the components. */
// as: the bundler reads the file as an ES module, whose default is the locale; the package's types read it as CommonJS
export const antdLocale = zh as unknown as Locale;
