package io.tillpost.frontend.chart;

/**
 * A level line across a chart.
 *
 * @param name stands on it
 */
public record ChartThreshold(String name, double value) {}
