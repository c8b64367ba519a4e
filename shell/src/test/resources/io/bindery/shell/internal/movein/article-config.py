# Testing and production; which of them is in force is said by the parent of AppConfig.

class TestingConfig(object):
    database = "database_name"
    user = "db_user"
    password = "password"
    host = "localhost"
    unix_socket = "/var/run/mysqld/mysqld.sock"
    SQLALCHEMY_DATABASE_URI = 'mysql://'+ user + ':' + password + '@' + host + '/' + database +'?unix_socket='+ unix_socket
    SQLALCHEMY_BINDS = {
        ‘db2’: 'mysql://user:pass@localhost/database2’,
        'db3': 'mysql://user:pass@localhost/database3’
}

class ProductionConfig(object):
    # nothing but one database
    SQLALCHEMY_DATABASE_URI = 'mysql://user:password@db/production'

class AppConfig(TestingConfig):
    def __init__(self):
            pass
