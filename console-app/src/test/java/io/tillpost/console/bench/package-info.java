/** Measurements that anybody can repeat: {@code ./tillpost bench queries}. */
package io.tillpost.console.bench;
