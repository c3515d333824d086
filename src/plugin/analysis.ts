import { type Conformance, conformanceOf } from '../compliance/conformance/conformance';
import { DAY_MS } from '../forecast/core/period';
import { periodFrom } from '../forecast/core/period-input';
import { type Forecast, forecastOf } from '../forecast/outlook/forecast';
import type { Inventory } from '../inventory/inventory';
import type { ResourceType } from '../values/resource-type/resource-type';
import type { ComplianceStandard } from '../values/standards/compliance-standard';

interface AnalysisOptions {
  readonly resourceTypes?: readonly ResourceType[];
  readonly standards?: readonly ComplianceStandard[];
}

/** What the findings and the report of one run share. Each part is computed once, and only if something asks for it. */
export class Analysis {
  private year?: Forecast;
  private compared?: Conformance;

  constructor(
    public readonly inventory: Inventory,
    public readonly now: Date,
    private readonly options: AnalysisOptions,
  ) {}

  /** The forecast of the year from today on; undefined after the last year of AWS schedules. */
  public get forecast(): Forecast | undefined {
    const from = Math.floor(this.now.getTime() / DAY_MS) * DAY_MS;
    const period = periodFrom(from, { months: 12, milliseconds: 0 });
    const { resourceTypes } = this.options;
    if (period) this.year ??= forecastOf(this.inventory, { period, resourceTypes });
    return this.year;
  }

  /** Undefined without standards. */
  public get conformance(): Conformance | undefined {
    const { standards = [], resourceTypes } = this.options;
    if (standards.length > 0 && this.forecast)
      this.compared ??= conformanceOf(this.forecast, standards, resourceTypes);
    return this.compared;
  }
}
