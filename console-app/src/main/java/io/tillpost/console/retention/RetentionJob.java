package io.tillpost.console.retention;

import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;

/** Drops old data by the clock of Quartz: in a cluster of consoles, on one of them. */
@DisallowConcurrentExecution
class RetentionJob implements Job {
  private final Retention retention;

  RetentionJob(Retention retention) {
    this.retention = retention;
  }

  @Override
  public void execute(JobExecutionContext context) {
    retention.run();
  }
}
