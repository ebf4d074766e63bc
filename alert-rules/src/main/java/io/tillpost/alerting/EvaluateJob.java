package io.tillpost.alerting;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import io.tillpost.alerting.evaluate.Evaluations;
import io.tillpost.alerting.evaluate.Evaluations.Evaluation;
import io.tillpost.alerting.evaluate.Evaluator;
import java.util.Map;
import java.util.TreeMap;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Evaluates all rules; over all processes one at a time where Quartz runs as a cluster. Each round
 * is a span, in error where a rule could not be evaluated.
 */
@DisallowConcurrentExecution
class EvaluateJob implements Job {
  private final Evaluator evaluator;
  private final Evaluations evaluations;
  private final Tracer tracer;

  EvaluateJob(
      Evaluator evaluator, Evaluations evaluations, ObjectProvider<OpenTelemetry> telemetry) {
    this.evaluator = evaluator;
    this.evaluations = evaluations;
    this.tracer = telemetry.getIfUnique(OpenTelemetry::noop).getTracer("io.tillpost.alerting");
  }

  @Override
  public void execute(JobExecutionContext context) {
    Span span = tracer.spanBuilder("evaluate alert rules").setNoParent().startSpan();
    try (Scope _ = span.makeCurrent()) {
      evaluator.run();
      describe(span);
    } finally {
      span.end();
    }
  }

  private void describe(Span span) {
    Map<String, Evaluation> rules = new TreeMap<>(evaluations.all());
    span.setAttribute("tillpost.alert.rules", rules.size());
    rules.values().removeIf(Evaluation::succeeded);
    if (!rules.isEmpty()) {
      span.setStatus(StatusCode.ERROR, "Not evaluated: " + String.join(", ", rules.keySet()));
    }
  }
}
