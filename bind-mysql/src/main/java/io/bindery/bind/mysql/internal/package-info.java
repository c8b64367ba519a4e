/** The bind type for MySQL and MariaDB, by MySQL Connector/J. */
@NullMarked
package io.bindery.bind.mysql.internal;

import org.jspecify.annotations.NullMarked;
