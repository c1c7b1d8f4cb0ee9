// VitePress's own theme, with the fonts of the machine: no page waits for one.
import Theme from 'vitepress/theme-without-fonts';
import './style.css';

export default Theme;
