import { type DynamicModule, Global, Module } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { DATA_SOURCE, Database } from './database.js';

@Global()
@Module({})
export class DatabaseModule {
  static over(source: DataSource): DynamicModule {
    return {
      module: DatabaseModule,
      providers: [{ provide: DATA_SOURCE, useValue: source }, Database],
      exports: [Database, DATA_SOURCE],
    };
  }
}
