package io.tillpost.alerting;

import io.tillpost.alerting.evaluate.Evaluator;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;

/** Evaluates all rules; over all processes one at a time where Quartz runs as a cluster. */
@DisallowConcurrentExecution
class EvaluateJob implements Job {
  private final Evaluator evaluator;

  EvaluateJob(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  @Override
  public void execute(JobExecutionContext context) {
    evaluator.run();
  }
}
