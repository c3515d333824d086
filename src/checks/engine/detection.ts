export { type Detection, detectionsFrom } from '../../viability/core/detection';
