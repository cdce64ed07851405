import { Route, Routes } from '../../app/router.tsx';
import { HandoffsPage } from './handoffs-page.tsx';

export function HandoffsRoutes() {
  return <Routes><Route index element={<HandoffsPage />} /></Routes>;
}
