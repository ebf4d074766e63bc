package io.tillpost.alerting;

import io.tillpost.alerting.notify.Notifier;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;

/** Sends the mails that are due. Apart from evaluation, which must not wait for a mail server. */
@DisallowConcurrentExecution
class NotifyJob implements Job {
  private final Notifier notifier;

  NotifyJob(Notifier notifier) {
    this.notifier = notifier;
  }

  @Override
  public void execute(JobExecutionContext context) {
    notifier.run();
  }
}
