package io.tillpost.alerting.notify;

import java.time.Duration;

/**
 * When mails are due, as in Alertmanager.
 *
 * @param groupWait from firing to the first mail, so that the stores of one trouble are in one mail
 * @param groupInterval the least time between two mails of one alert; an alert that flaps within it
 *     makes no mail
 * @param repeatInterval from a mail to its repetition while the alert fires and nobody has
 *     acknowledged it
 */
public record Timing(Duration groupWait, Duration groupInterval, Duration repeatInterval) {}
