/** What browser tests of every feature build on. */
package io.tillpost.console.browser;
